// Makes a photo small before it is sent, and says that it was taken. Without script, or where the browser cannot, it goes as it is.

const SIDE = 1600;
const QUALITY = 0.8;

async function smaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
}

for (const input of document.querySelectorAll("input[type=file][data-kept]")) {
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    input.closest("label, span").querySelector("[data-photo]").lastChild.textContent = input.dataset.kept;
    try {
      const files = new DataTransfer();
      files.items.add(await smaller(file));
      input.files = files.files;
    } catch {
      // not a picture this browser can read: the server judges it
    }
  });
}
