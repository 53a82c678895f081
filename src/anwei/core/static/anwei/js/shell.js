// Theme, menus and dialogs. Without script: the theme follows the system, menus open as <details>.

const YEAR = 365 * 24 * 3600;
const root = document.documentElement;

function setTheme(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  document.cookie = `anwei_theme=${theme}; path=/; max-age=${theme ? YEAR : 0}; samesite=lax`;
  markTheme();
}

function markTheme() {
  const theme = root.dataset.theme || "";
  for (const button of document.querySelectorAll("[data-theme-set]")) button.setAttribute("aria-pressed", String(button.dataset.themeSet === theme));
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(except)) menu.open = false;
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const theme = event.target.closest("[data-theme-set]");
  if (theme) setTheme(theme.dataset.themeSet);
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    closeMenus(null);
    document.getElementById(opener.dataset.opens)?.showModal();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.activeElement?.closest("details.menu[open]");
  closeMenus(null);
  open?.querySelector("summary").focus();
});

document.querySelector("[data-focus]")?.focus();
markTheme();
