// The pill in the header and the list of what the phone keeps.

import * as store from "./store.js";
import { flush, mine } from "./outbox.js";

const pill = document.querySelector("[data-sync]");
const two = (number) => String(number).padStart(2, "0");
const clock = (text) => ((moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}`)(new Date(text));
const seconds = (text) => `${clock(text)}:${two(new Date(text).getSeconds())}`;

function say(word, colour, icon) {
  pill.className = `pill ${colour}`;
  pill.querySelector("[data-sync-word]").textContent = word;
  for (const drawn of pill.querySelectorAll("[data-sync-icon]")) drawn.hidden = drawn.dataset.syncIcon !== icon;
}

function showPill(entries) {
  if (!pill) return;
  const count = (state) => entries.filter((entry) => entry.state === state).length;
  const received = localStorage.getItem("anwei:field:received");
  if (count("refused")) say(pill.dataset.wanted.replace("{count}", count("refused")), "red", "unsent");
  else if (count("waiting")) say(pill.dataset.unsent.replace("{count}", count("waiting")), "amber", "unsent");
  else if (received && Date.now() - Date.parse(received) < 12 * 3600_000) say(pill.dataset.received.replace("{time}", clock(received)), "green", "synced");
  else say(pill.dataset.allSent, "green", "synced");
}

function row(entry) {
  const made = document.querySelector(`template[data-row="${entry.state}"]`).content.cloneNode(true);
  const times = { job: entry.job, at: seconds(entry.at), received: entry.received ? seconds(entry.received) : "" };
  const say = made.querySelector("[data-say]");
  say.textContent = say.dataset.say.replace(/\{(\w+)\}/g, (_whole, name) => times[name]);
  made.querySelector("[data-label]").textContent = entry.label;
  const reason = made.querySelector("[data-reason]");
  if (reason) reason.textContent = entry.reason;
  made.querySelector("[data-open]")?.setAttribute("href", entry.page);
  made.querySelector("[data-discard]")?.setAttribute("data-discard", entry.id);
  return made;
}

function showList(entries) {
  const say = document.querySelector("[data-outbox-say]");
  if (!say) return;
  const left = entries.filter((entry) => entry.state !== "received").length;
  say.textContent = left ? say.dataset.some.replace("{count}", left) : say.dataset.none;
  for (const part of document.querySelectorAll("[data-outbox-part]")) {
    const rows = entries.filter((entry) => entry.state === part.dataset.outboxPart).reverse();
    part.hidden = !rows.length;
    part.querySelector("[data-list]").replaceChildren(...rows.map(row));
  }
}

async function show() {
  const entries = await mine();
  showPill(entries);
  showList(entries);
  const out = document.querySelector("[data-sign-out]");
  if (!out) return;
  if (entries.some((entry) => entry.state !== "received")) out.dataset.confirm = out.dataset.unsentWord;
  else delete out.dataset.confirm;
}

async function copy() {
  const plain = (await mine()).map((entry) => ({ ...entry, fields: entry.fields.map(([name, value]) => [name, typeof value === "string" ? value : value.name]) }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(plain, null, 2)], { type: "application/json" }));
  link.download = `anwei-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

// A photo goes by itself: the row below says where it is.
function tellPhoto({ detail }) {
  if (!detail.entry?.url.endsWith("/photo/")) return;
  const task = detail.entry.fields.find(([name]) => name === "task")?.[1];
  const form = [...document.querySelectorAll("form[data-background]")].find((one) => one.elements.task.value === task);
  const word = form && document.querySelector(`[data-photo-state="${form.id}"]`);
  if (word && detail.outcome === "done") word.textContent = word.dataset.wordReceived.replace("{time}", clock(new Date().toISOString()));
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-sends]") || !event.target.files.length) return;
  const form = event.target.form;
  const picture = document.createElement("img");
  picture.src = URL.createObjectURL(event.target.files[0]);
  picture.alt = event.target.getAttribute("aria-label");
  document.querySelector(`[data-thumbs="${form.id}"]`).append(picture);
  const word = document.querySelector(`[data-photo-state="${form.id}"]`);
  word.textContent = word.dataset.wordKept;
  form.requestSubmit();
});
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-outbox-send]")) await flush();
  if (event.target.closest("[data-outbox-copy]")) await copy();
  const discard = event.target.closest("[data-discard]");
  if (discard && !event.defaultPrevented) {
    await store.remove(discard.dataset.discard);
    await show();
  }
});
document.addEventListener("outbox:answered", tellPhoto);
document.addEventListener("outbox:sending", ({ detail }) => pill && say(pill.dataset.sending.replace("{count}", detail), "blue", "sending"));
document.addEventListener("outbox:changed", show);
addEventListener("pageshow", show);
