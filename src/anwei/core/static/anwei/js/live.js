// Draws again what somebody else changed. An element names what it shows in data-topics ("orders.WorkOrder:…", or a whole kind "visits.Visit"), and
// in data-pieces which pieces of the page belong to it (without it: itself). The live process says only "this changed"; where it is not
// reached the page looks every 15 seconds. What somebody types is never drawn over: the pieces wait, and a note says so.

const POLL = 15_000, GATHER = 300, REST = 1_000, TRY_AGAIN = 2_000; // ms
const told = document.querySelector('meta[name="anwei-live"]');
const stale = new Set(); // topics that changed and are not drawn yet
let timer, source, last = 0, drawing = false;

const shown = () => [...document.querySelectorAll("[data-topics]")];
const topicsOf = (element) => element.dataset.topics.split(" ").filter(Boolean);
const allTopics = () => [...new Set(shown().flatMap(topicsOf))].sort();

function typed(field) {
  if (field.matches("[type=hidden], [type=submit], [type=button], button, fieldset, output")) return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.type === "file") return field.files.length > 0;
  if (field.tagName === "SELECT") return [...field.options].some((one) => one.selected !== one.defaultSelected) && field.value !== field.options[0]?.value;
  return field.value !== field.defaultValue;
}

function inUse(element) {
  const active = document.activeElement;
  if (element.contains(active) && active.matches("input, textarea, select, [contenteditable]")) return true;
  if (element.querySelector("dialog[open], details.menu[open], form[aria-busy]")) return true;
  return [...element.querySelectorAll("input, textarea, select")].some(typed);
}

function put(old, fresh) {
  const active = document.activeElement;
  const [id, href] = old.contains(active) ? [active.id, active.getAttribute("href")] : ["", ""];
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  const copy = document.importNode(fresh, true);
  [...copy.querySelectorAll("details")].forEach((one, place) => (one.open ||= open[place] ?? false));
  old.replaceWith(copy);
  window.htmx?.process(copy);
  const again = id ? document.getElementById(id) : href ? copy.querySelector(`a[href="${CSS.escape(href)}"]`) : null;
  again?.focus({ preventScroll: true });
}

function redraw(element, page) {
  const selector = element.dataset.pieces;
  if (!selector) {
    const fresh = element.id && page.getElementById(element.id);
    if (!fresh || inUse(element)) return !fresh;
    put(element, fresh);
    return true;
  }
  let whole = true;
  for (const one of selector.split(",")) {
    const [old, fresh] = [[...document.querySelectorAll(one)], [...page.querySelectorAll(one)]];
    if (old.length !== fresh.length) return inUse(element) ? false : (put(element, page.getElementById(element.id) ?? element), true);
    old.forEach((piece, place) => (inUse(piece) ? (whole = false) : put(piece, fresh[place])));
  }
  for (const panel of element.querySelectorAll("[hx-get][data-panel]")) {
    if (inUse(panel)) whole = false;
    else window.htmx?.trigger(panel, "live");
  }
  return whole;
}

async function look() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null); // no network: the next look tells
  return answer?.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

async function draw() {
  timer = undefined;
  if (document.hidden || drawing) return;
  drawing = true;
  const now = new Set(stale);
  const wanted = shown().filter((element) => topicsOf(element).some((topic) => now.has(topic)));
  let kept = false; // something stays as it is, since somebody types there
  const page = wanted.length ? await look() : null;
  if (page) for (const element of wanted) kept = !redraw(element, page) || kept;
  const ready = !kept && (page || !wanted.length);
  if (ready) for (const topic of now) stale.delete(topic);
  last = performance.now();
  drawing = false;
  const note = document.getElementById("live-note");
  if (note) note.hidden = !kept || !shown().some((element) => [...element.querySelectorAll("input, textarea, select")].some(typed));
  if (!ready) later(TRY_AGAIN);
  else if (stale.size) later(GATHER);
  document.dispatchEvent(new CustomEvent("live:drawn"));
}

function later(pause) {
  timer ??= setTimeout(draw, Math.max(pause, REST - (performance.now() - last)));
}

function change(topics) {
  for (const topic of topics) stale.add(topic);
  later(GATHER);
}

function listen() {
  const topics = allTopics();
  const address = new URL(told.content, location.href);
  if (told.dataset.port) address.port = told.dataset.port;
  for (const topic of topics) address.searchParams.append("t", topic);
  address.searchParams.set("since", told.dataset.at);
  source = new EventSource(address, { withCredentials: true });
  source.addEventListener("changed", (event) => change(event.data.split(" ")));
  source.addEventListener("open", () => (document.documentElement.dataset.live = "on"));
  source.addEventListener("error", () => delete document.documentElement.dataset.live);
}

function poll() {
  if (source?.readyState !== EventSource.OPEN && !document.hidden) change(allTopics());
}

if (allTopics().length) {
  if (told) listen();
  setInterval(poll, POLL);
  document.addEventListener("visibilitychange", () => !document.hidden && stale.size && later(0));
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && told && (listen(), change(allTopics())));
}
