// Single keys: "?" shows them all, a letter on a button presses it; others go on as the event "key" of the document.
// They can be switched off (WCAG 2.1.4) and never fire while someone types.

const YEAR = 365 * 24 * 3600;
const root = document.documentElement;

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]";

const toggle = document.querySelector("[data-keys-switch]");
if (toggle) {
  toggle.checked = root.dataset.keys !== "off";
  toggle.addEventListener("change", () => {
    if (toggle.checked) delete root.dataset.keys;
    else root.dataset.keys = "off";
    document.cookie = `anwei_keys=${toggle.checked ? "on" : "off"}; path=/; max-age=${YEAR}; samesite=lax`;
  });
}

document.addEventListener("keydown", (event) => {
  if (root.dataset.keys === "off" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  if (event.key === "?") {
    document.getElementById("keys")?.showModal();
    return;
  }
  const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.toLowerCase() === event.key.toLowerCase());
  if (button?.offsetParent) {
    event.preventDefault();
    button.click();
  } else if (!document.dispatchEvent(new CustomEvent("key", { detail: event, cancelable: true }))) {
    event.preventDefault();
  }
});
