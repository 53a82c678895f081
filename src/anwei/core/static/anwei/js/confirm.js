// A question before a deed: <button data-confirm="Cancel this order?">. Without script the deed is done at once; the server has an undo or asks itself.

const dialog = document.getElementById("confirm");
const agreed = new WeakSet();

document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("button[data-confirm]");
    if (!button || !dialog || agreed.has(button)) return;
    event.preventDefault();
    event.stopPropagation();
    dialog.querySelector("p").textContent = button.dataset.confirm;
    dialog.returnValue = "";
    dialog.addEventListener(
      "close",
      () => {
        if (dialog.returnValue !== "yes") return button.focus();
        agreed.add(button);
        button.click();
        agreed.delete(button);
      },
      { once: true },
    );
    dialog.showModal();
  },
  true,
);
