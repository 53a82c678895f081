// A field to sign in with a finger: what is drawn becomes a PNG in the form's own file field, so that the form stays a plain one.

const WIDTH = 2.5;

function drawn(canvas, input) {
  canvas.toBlob((blob) => {
    const files = new DataTransfer();
    files.items.add(new File([blob], "signature.png", { type: "image/png" }));
    input.files = files.files;
  }, "image/png");
}

function clear(canvas) {
  const ratio = devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  const ink = canvas.getContext("2d");
  ink.scale(ratio, ratio);
  ink.fillStyle = "#fff";
  ink.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  Object.assign(ink, { lineWidth: WIDTH, lineCap: "round", lineJoin: "round", strokeStyle: "#0c1413" });
}

function start() {
  const pad = document.querySelector("[data-pad]");
  if (!pad || pad.dataset.ready) return;
  pad.dataset.ready = "yes";
  const canvas = pad.querySelector("canvas");
  const input = pad.querySelector("input[type='file']");
  const again = pad.querySelector("[data-pad-clear]");
  pad.querySelector("[data-pad-file]").hidden = true;
  canvas.hidden = again.hidden = false;
  clear(canvas);
  let last = null;
  const place = (event) => [event.offsetX, event.offsetY];
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const ink = canvas.getContext("2d");
    ink.beginPath();
    ink.moveTo(...last);
    last = place(event);
    ink.lineTo(...last);
    ink.stroke();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      if (last) drawn(canvas, input);
      last = null;
    });
  }
  again.addEventListener("click", () => {
    clear(canvas);
    input.value = "";
  });
}

document.addEventListener("field:swapped", start);
start();
