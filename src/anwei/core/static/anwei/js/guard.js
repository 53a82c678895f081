// Keeps what someone types until the server has answered, and sends a form once.
//
// <form data-guard="name"> keeps its fields in sessionStorage, with data-keep="device" in localStorage (a phone of one's own). The server names the
// request it has answered in the cookie anwei_answered; until then a reload or a lost connection brings the words back and shows [data-restored].

const PREFIX = "anwei:typed:";
const SILENT = 'input[type="password"], input[type="file"], input[type="hidden"], input[type="submit"], [data-not-kept]';
const sent = new WeakSet();

const store = (form) => (form.dataset.keep === "device" ? localStorage : sessionStorage);
const keyOf = (form) => PREFIX + form.dataset.guard;
const requestOf = (form) => form.elements.request_id?.value ?? "";
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !field.matches(SILENT) && field.tagName !== "BUTTON");

function cookie(name) {
  return document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

function keep(form) {
  const values = fieldsOf(form).map((field) => [field.name, field.value, field.checked ?? null]);
  const kept = read(form);
  try {
    store(form).setItem(keyOf(form), JSON.stringify({ requests: kept ? kept.requests : [requestOf(form)], values }));
  } catch {
    // a full or forbidden store: typing goes on without the net
  }
}

function read(form) {
  try {
    return JSON.parse(store(form).getItem(keyOf(form)));
  } catch {
    return null;
  }
}

function remember(form) {
  const kept = read(form);
  if (!kept) return;
  kept.requests.push(requestOf(form));
  store(form).setItem(keyOf(form), JSON.stringify(kept));
}

function forget(request) {
  for (const place of [sessionStorage, localStorage]) {
    for (const key of Object.keys(place)) {
      if (key.startsWith(PREFIX) && place.getItem(key).includes(`"${request}"`)) place.removeItem(key);
    }
  }
}

function restore(form) {
  const kept = read(form);
  if (!kept) return;
  let changed = false;
  const fields = fieldsOf(form);
  kept.values.forEach(([name, value, checked], place) => {
    const field = fields[place]?.name === name ? fields[place] : fields.find((one) => one.name === name && (checked === null || one.value === value));
    if (!field) return;
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.value !== value) return;
      changed ||= field.checked !== checked;
      field.checked = checked;
    } else if (field.value !== value) {
      changed = true;
      field.value = value;
    }
  });
  const notice = form.querySelector("[data-restored]");
  if (changed && notice) notice.hidden = false;
}

function release(form) {
  sent.delete(form);
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
}

function answered() {
  const request = cookie("anwei_answered");
  if (request) forget(request);
}

document.addEventListener("input", (event) => event.target.form?.dataset.guard && keep(event.target.form));
document.addEventListener("change", (event) => event.target.form?.dataset.guard && keep(event.target.form));

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("guard" in form.dataset) || event.defaultPrevented) return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  if (form.dataset.guard) remember(form);
  form.setAttribute("aria-busy", "true");
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) event.target.form?.requestSubmit();
});

addEventListener("pageshow", () => {
  answered();
  for (const form of document.querySelectorAll("form[data-guard]")) {
    release(form);
    if (form.dataset.guard) restore(form);
  }
});
for (const over of ["htmx:afterRequest", "outbox:answered"]) {
  document.addEventListener(over, (event) => {
    const form = event.detail.elt.closest?.("form[data-guard]");
    answered();
    if (form) release(form);
  });
}
