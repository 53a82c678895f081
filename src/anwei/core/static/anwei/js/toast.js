// Short words at the lower right: for ten seconds, longer while someone looks at them; with a way back where there is one.

const STAY = 10; // seconds
const area = document.getElementById("toasts");

function start(toast) {
  let left = STAY;
  const undo = toast.querySelector("[data-undo]");
  const word = undo?.textContent.trim();
  const beat = setInterval(() => {
    if (toast.matches(":hover, :focus-within")) return;
    left -= 1;
    if (undo) undo.textContent = `${word} ${left} ${area.dataset.secondsWord}`;
    if (left > 0) return;
    clearInterval(beat);
    toast.remove();
  }, 1000);
}

function undoForm(url) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  const token = document.querySelector('input[name="csrfmiddlewaretoken"]');
  if (token) form.append(token.cloneNode());
  const id = document.createElement("input");
  Object.assign(id, { type: "hidden", name: "request_id", value: crypto.randomUUID() });
  const button = document.createElement("button");
  button.className = "btn";
  button.dataset.undo = "";
  button.textContent = area.dataset.undoWord;
  form.append(id, button);
  return form;
}

function say(text, { undo = "", bad = false } = {}) {
  const toast = document.createElement("div");
  toast.className = bad ? "toast red" : "toast";
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  if (undo) toast.append(undoForm(undo));
  area.append(toast);
  start(toast);
}

if (area) {
  for (const toast of area.querySelectorAll(".toast")) start(toast);
  document.addEventListener("toast", (event) => say(event.detail.text, event.detail));
  document.addEventListener("htmx:sendError", () => say(area.dataset.lostWord, { bad: true }));
  document.addEventListener("htmx:responseError", (event) => {
    const told = (event.detail.xhr.getResponseHeader("HX-Trigger") ?? "").includes('"toast"');
    if (!told) say(area.dataset.failedWord, { bad: true });
  });
}
