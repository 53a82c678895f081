// Readings are red at once when they leave their limits, and ask for a reason. The server judges again: this only spares the way.

const number = (text) => Number(text.trim().normalize("NFKC").replace(",", "."));

function limits(box, field) {
  const nominal = box.querySelector("[data-nominal]");
  if (!nominal) return [field.dataset.low, field.dataset.high].map((end) => (end === undefined ? null : Number(end)));
  const middle = number(nominal.value);
  if (!nominal.value.trim() || Number.isNaN(middle)) return [null, null];
  const reach = Math.max(Number(nominal.dataset.abs), (Math.abs(middle) * Number(nominal.dataset.pct)) / 100);
  return [middle - reach, middle + reach];
}

const short = (difference) => String(Math.round(difference * 1000) / 1000);

function judgeNumber(box) {
  const field = box.querySelector("input[inputmode]:not([data-nominal])");
  const value = number(field.value);
  const [low, high] = field.value.trim() ? limits(box, field) : [null, null];
  const under = low !== null && value < low;
  const over = high !== null && value > high;
  const out = box.querySelector("[data-out]");
  const unit = box.querySelector(".in-unit > span")?.textContent ?? "";
  mark(box, field, under || over || (field.value.trim() !== "" && Number.isNaN(value)));
  if (under) out.querySelector("[data-out-word]").textContent = out.dataset.lowWord.replace("{by}", `${short(low - value)} ${unit}`.trim());
  if (over) out.querySelector("[data-out-word]").textContent = out.dataset.highWord.replace("{by}", `${short(value - high)} ${unit}`.trim());
}

function mark(box, field, bad) {
  box.classList.toggle("bad", bad);
  if (field) field.setAttribute("aria-invalid", String(bad));
  box.querySelector("[data-out]").hidden = !bad;
}

function judge(box) {
  if (box.matches("[data-reading]")) judgeNumber(box);
  else mark(box, null, box.querySelector("input[value='fail']").checked);
}

function start() {
  for (const out of document.querySelectorAll("[data-out][data-calm]")) out.hidden = true;
  for (const box of document.querySelectorAll("[data-reading], [data-check]")) if (!box.querySelector(".out:not([data-calm])")) judge(box);
}

document.addEventListener("input", (event) => {
  const box = event.target.closest("[data-reading], [data-check]");
  if (box && !event.target.matches(".reason")) judge(box);
});

// the next reading follows on Enter: the keypad stays open
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input[inputmode='decimal']")) return;
  event.preventDefault();
  const fields = [...event.target.form.querySelectorAll("input[inputmode='decimal']")];
  (fields[fields.indexOf(event.target) + 1] ?? event.target).focus();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill-passes]");
  if (!button) return;
  event.preventDefault();
  for (const box of button.form.querySelectorAll("[data-check]")) {
    if (!box.querySelector("input:checked")) box.querySelector("input[value='pass']").checked = true;
  }
  button.form.dispatchEvent(new Event("input", { bubbles: true }));
  button.form.querySelector("[data-check] input")?.dispatchEvent(new Event("change", { bubbles: true }));
  button.hidden = true;
});

document.addEventListener("field:swapped", start);
addEventListener("pageshow", () => setTimeout(start)); // after guard.js has brought back what was typed
start();
