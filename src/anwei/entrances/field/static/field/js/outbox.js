// Keeps every form of the field app on the phone before it is sent, and lets go of it only when the server has answered.
//
// <form data-outbox="words" data-job="number">: on submit the form is stored with its request_id and the phone's time, then sent. The server names what it
// has answered in the cookie anwei_answered (guard.js): a form answered so is done or refused with words; any other end, and it stays for the next try.
// data-background: the page stays (photos). Without script, or without a store, the forms are posted as they are.

import * as store from "./store.js";

const KEPT = 20; // received entries that the list still shows
const PATIENCE = 60_000; // ms for one answer
const EVERY = 20_000; // ms between tries while something waits
const actor = document.body.dataset.actor;
const landing = new Map(); // entry → where its answer led
const refusals = new Map(); // entry → the page that says why not
let looking = ""; // the entry whose answer somebody waits for
let queue = Promise.resolve();

const changed = () => document.dispatchEvent(new CustomEvent("outbox:changed"));
const answeredId = () => document.cookie.split("; ").find((pair) => pair.startsWith("anwei_answered="))?.slice("anwei_answered=".length) ?? "";
const csrf = () => document.cookie.split("; ").find((pair) => pair.startsWith("csrftoken="))?.slice("csrftoken=".length) ?? "";

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

export const mine = async () => (await store.all()).filter((entry) => entry.actor === actor);

function entryOf(form, submitter) {
  if (form.elements.at) form.elements.at.value = new Date().toISOString();
  const fields = [...new FormData(form, submitter ?? undefined)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return {
    id: form.elements.request_id.value, order: Date.now(), actor, at: form.elements.at.value, url: form.action, page: here(),
    guard: form.dataset.guard, background: "background" in form.dataset, label: form.dataset.outbox, job: form.dataset.job, state: "waiting", fields,
  };
}

async function answerOf(entry) {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  try {
    return await fetch(entry.url, { method: "POST", body, headers: { "X-CSRFToken": csrf() }, credentials: "same-origin", signal: AbortSignal.timeout?.(PATIENCE) });
  } catch {
    return null; // no connection
  }
}

const wordsOf = (page) => (page.querySelector("[data-refusal] small") ?? page.querySelector("[data-refusal], main h1"))?.textContent.trim() ?? "";

// Sends one entry. "done": the deed is done. "refused": the server said no, with words. "waiting": nobody has answered.
async function send(entry) {
  const response = await answerOf(entry);
  if (!response || response.status >= 500) return { outcome: "waiting" };
  const answered = answeredId() === entry.id;
  if (response.ok && answered) return { outcome: "done", response };
  if (response.ok) return { outcome: "waiting", signIn: response.redirected ? response.url : "" };
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return { outcome: "refused", page, answered, reason: wordsOf(page) };
}

async function settle(entry, result) {
  if (result.outcome === "done") {
    await store.put({ ...entry, fields: [], state: "received", received: new Date().toISOString() });
    localStorage.setItem("anwei:field:received", new Date().toISOString());
    landing.set(entry.id, result.response.url);
  } else if (result.outcome === "refused") {
    await store.put({ ...entry, state: "refused", reason: result.reason });
    if (result.answered) refusals.set(entry.id, result.page);
  }
  document.dispatchEvent(new CustomEvent("outbox:answered", { detail: { elt: document.body, entry, outcome: result.outcome } }));
}

async function trim() {
  const received = (await mine()).filter((entry) => entry.state === "received");
  for (const entry of received.slice(0, -KEPT)) await store.remove(entry.id);
}

const alone = (act) => (navigator.locks ? navigator.locks.request("anwei-field", act) : act());
const here = () => location.pathname + location.search;

async function sendAll() {
  await alone(async () => {
    const waiting = (await mine()).filter((entry) => entry.state === "waiting");
    for (const [place, entry] of waiting.entries()) {
      document.dispatchEvent(new CustomEvent("outbox:sending", { detail: waiting.length - place }));
      const result = await send(entry);
      await settle(entry, result);
      if (result.outcome === "waiting") break;
      if (result.outcome === "done" && entry.id !== looking && !entry.background && entry.page === here()) location.assign(result.response.url);
    }
    await trim();
  });
  changed();
}

// Sends what waits, the oldest first, one at a time, in one tab only; stops where there is no connection.
export function flush() {
  queue = queue.then(sendAll, sendAll);
  return queue;
}

function swap(page) {
  for (const selector of ["#main", ".p-act"]) {
    const [here, there] = [document.querySelector(selector), page.querySelector(selector)];
    if (here && there) here.replaceWith(document.adoptNode(there));
  }
  document.dispatchEvent(new CustomEvent("field:swapped"));
  document.querySelector("[data-focus]")?.focus();
}

function release(form) {
  if (form.elements.request_id) form.elements.request_id.value = newId();
  document.dispatchEvent(new CustomEvent("outbox:answered", { detail: { elt: form } }));
}

// The form that somebody is looking at: kept, everything before it sent first, then itself; its answer becomes the page.
async function submit(form, submitter) {
  const entry = entryOf(form, submitter);
  try {
    await store.put(entry);
  } catch {
    return form.submit(); // no store on this phone: as without script
  }
  changed();
  if (entry.background) {
    release(form);
    return flush();
  }
  looking = entry.id;
  await flush();
  looking = "";
  const now = (await store.all()).find((one) => one.id === entry.id);
  if (now?.state === "received") return location.assign(landing.get(entry.id));
  if (now?.state === "refused") return refuse(form, now);
  release(form);
  return mark();
}

// Said no: with the page that names what to mend where there is one, else in a word; then the list keeps it.
async function refuse(form, entry) {
  const page = refusals.get(entry.id);
  if (page) {
    await store.remove(entry.id);
    swap(page);
    return changed();
  }
  document.dispatchEvent(new CustomEvent("toast", { detail: { text: entry.reason, bad: true } }));
  return release(form);
}

// Forms that wait on the phone say so and are not sent a second time.
async function mark() {
  const waiting = new Set((await mine()).filter((entry) => entry.state === "waiting").map((entry) => entry.guard));
  for (const form of document.querySelectorAll("form[data-outbox][data-guard]:not([data-guard=''])")) {
    const held = waiting.has(form.dataset.guard);
    form.toggleAttribute("data-held", held);
    for (const notice of form.querySelectorAll("[data-kept]")) notice.hidden = !held;
    if (held) for (const notice of form.querySelectorAll("[data-restored]")) notice.hidden = true;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("outbox" in form.dataset) || event.defaultPrevented || !window.indexedDB) return;
  event.preventDefault();
  if (form.hasAttribute("data-held")) return flush().then(() => release(form));
  return submit(form, event.submitter);
});

addEventListener("online", flush);
addEventListener("pageshow", () => mark().then(flush));
document.addEventListener("field:swapped", mark);
document.addEventListener("outbox:changed", mark);
setInterval(async () => (await mine()).some((entry) => entry.state === "waiting") && flush(), EVERY);
