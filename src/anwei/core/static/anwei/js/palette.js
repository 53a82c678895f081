// Ctrl K: one box that finds everything. The server answers with the options; this moves among them.

const dialog = document.getElementById("palette");
const box = document.getElementById("palette-q");
const hits = document.getElementById("palette-hits");
const PAUSE = 150; // ms after the last letter
let timer;

function ask() {
  clearTimeout(timer);
  timer = setTimeout(() => box.dispatchEvent(new CustomEvent("ask")), PAUSE);
}

function options() {
  return [...hits.querySelectorAll('[role="option"]')];
}

function choose(option) {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = options();
  if (!all.length) return;
  const now = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  choose(all[(now + step + all.length) % all.length]);
}

function open(option, apart) {
  if (!option?.dataset.href) return;
  if (apart) window.open(option.dataset.href, "_blank", "noopener");
  else location.assign(option.dataset.href);
}

function show() {
  if (dialog.open) return;
  dialog.showModal();
  box.select();
  ask();
}

if (dialog) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      show();
    }
  });
  // Letters still being composed (pinyin) are no question yet
  box.addEventListener("input", (event) => event.isComposing || ask());
  box.addEventListener("compositionend", ask);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      open(hits.querySelector('[aria-selected="true"]'), event.ctrlKey || event.metaKey);
    }
  });
  hits.addEventListener("click", (event) => open(event.target.closest('[role="option"]'), event.ctrlKey || event.metaKey));
  hits.addEventListener("htmx:afterSwap", () => {
    choose(options()[0]);
    dialog.querySelector(".find-none").hidden = options().length > 0 || !box.value.trim();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}
