// A list under the fingers: j k move, x selects, Enter opens, / finds. Everything is delegated, since htmx swaps the list.

const PAUSE = 300; // ms after the last letter
let timer;
let anchor = null; // the last box ticked, for a range with Shift

const list = () => document.getElementById("list");
const rows = () => [...(list()?.querySelectorAll("tbody tr") ?? [])];
const boxOf = (row) => row.querySelector('input[name="id"]');

function move(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains("at"));
  const next = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  all[now]?.classList.remove("at");
  next.classList.add("at");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a, input")?.focus({ preventScroll: true });
}

function open(row, apart) {
  const link = row?.querySelector("a.name");
  const href = link?.href ?? row?.dataset.href;
  if (!href) return;
  if (apart) window.open(href, "_blank", "noopener");
  else location.assign(href);
}

function tell() {
  const bar = document.getElementById("bulk");
  if (!bar) return;
  const ticked = rows().filter((row) => boxOf(row)?.checked);
  for (const row of rows()) {
    if (boxOf(row)?.checked) row.setAttribute("aria-selected", "true");
    else row.removeAttribute("aria-selected");
  }
  bar.hidden = ticked.length === 0;
  const words = bar.querySelector("[data-selected]");
  words.textContent = words.dataset.word.replace("#", ticked.length);
  const all = list().querySelector("[data-select-all]");
  all.checked = ticked.length > 0 && ticked.length === rows().length;
  all.indeterminate = ticked.length > 0 && !all.checked;
}

function tick(box, range) {
  if (range && anchor && list().contains(anchor)) {
    const all = rows().map(boxOf);
    const [from, to] = [all.indexOf(anchor), all.indexOf(box)].sort((a, b) => a - b);
    for (const between of all.slice(from, to + 1)) between.checked = box.checked;
  }
  anchor = box;
  tell();
}

document.addEventListener("click", (event) => {
  if (event.target.matches('#list input[name="id"]')) return tick(event.target, event.shiftKey);
  if (event.target.matches("[data-select-all]")) {
    for (const row of rows()) boxOf(row).checked = event.target.checked;
    return tell();
  }
  const row = event.target.closest("#list tbody tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, summary") || String(getSelection())) return;
  open(row, event.ctrlKey || event.metaKey);
});

// by attribute: the boxes are called "id" and hide the form's own
document.addEventListener("reset", (event) => event.target.getAttribute("id") === "bulk" && setTimeout(tell));

document.addEventListener("key", (event) => {
  const { key, target } = event.detail;
  const at = list()?.querySelector("tr.at");
  if (key === "/" && list()) {
    document.getElementById("list-q")?.focus();
  } else if (key === "j" || key === "k") {
    move(key === "j" ? 1 : -1);
  } else if (key === "x" && at && boxOf(at)) {
    boxOf(at).checked = !boxOf(at).checked;
    tick(boxOf(at), false);
  } else if (key === "Enter" && at && !target.closest("a, button, summary")) {
    open(at, false);
  } else return;
  event.preventDefault();
});

// Finding while typing, once the words are composed
function find(event) {
  if (event.isComposing || !event.target.matches("[data-live]")) return;
  clearTimeout(timer);
  timer = setTimeout(() => event.target.form?.requestSubmit(), PAUSE);
}
document.addEventListener("input", find);
document.addEventListener("compositionend", find);

document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.id === "list" && list().setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", () => list()?.removeAttribute("aria-busy"));
document.addEventListener("htmx:afterSettle", tell);
addEventListener("pageshow", tell);
