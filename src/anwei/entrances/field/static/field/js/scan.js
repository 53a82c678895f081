// Codes by camera where the browser can read them (BarcodeDetector): live, or out of a photo. Everywhere else they are typed.

const detector = "BarcodeDetector" in window ? new window.BarcodeDetector() : null;
const live = detector && navigator.mediaDevices?.getUserMedia;

function take(box, code) {
  const field = box.querySelector("input:not([type='file'])");
  field.value = code;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  box.querySelector("[data-scan-word]").textContent = "";
}

async function fromPhoto(box, file) {
  const found = await detector.detect(await createImageBitmap(file)).catch(() => []);
  if (found.length) take(box, found[0].rawValue);
  else box.querySelector("[data-scan-word]").textContent = box.dataset.noCode;
}

async function fromCamera(box) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  const dialog = document.createElement("dialog");
  const video = document.createElement("video");
  Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
  dialog.className = "dialog live";
  dialog.append(video);
  document.body.append(dialog);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    for (const track of stream.getTracks()) track.stop();
    dialog.remove();
  });
  dialog.showModal();
  await video.play();
  while (dialog.open) {
    const found = await detector.detect(video).catch(() => []);
    if (found.length) {
      take(box, found[0].rawValue);
      navigator.vibrate?.(60);
      dialog.close();
    }
    await new Promise((next) => setTimeout(next, 150));
  }
}

function start() {
  for (const box of document.querySelectorAll("[data-scan]")) {
    if (detector) box.querySelector("[data-scan-photo]").hidden = false;
    if (live) box.querySelector("[data-scan-live]").hidden = false;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-scan-live]");
  if (button) fromCamera(button.closest("[data-scan]")).catch(() => button.remove());
});
document.addEventListener("change", (event) => {
  const photo = event.target.closest("[data-scan-photo] input");
  if (photo?.files.length) fromPhoto(photo.closest("[data-scan]"), photo.files[0]);
});
document.addEventListener("field:swapped", start);
start();
