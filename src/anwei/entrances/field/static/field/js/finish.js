// A fault code brings its usual cause and what is done about it, as long as nobody has typed something else.

const words = new Map([...document.querySelectorAll("template[data-fault]")].map((one) => [one.dataset.fault, one.dataset]));
const suggested = new Set([...words.values()].flatMap((one) => [one.cause, one.action]));

function suggest(field, text) {
  const first = field.value.split("\n")[0];
  if (field.value && !suggested.has(first)) return;
  field.value = [text, ...field.value.split("\n").slice(1)].join("\n");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("change", (event) => {
  const chosen = event.target.name === "fault" && words.get(event.target.value);
  if (!chosen) return;
  suggest(event.target.form.elements.cause, chosen.cause);
  suggest(event.target.form.elements.work_done, chosen.action);
});
