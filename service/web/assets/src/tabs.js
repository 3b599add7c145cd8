// Tabs, also of parts that come later; arrow keys move between them.
document.addEventListener("click", ({ target }) => {
  const tab = target.closest("[role='tab']");
  if (tab) {
    select(tab);
  }
});

document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const tab = event.target.closest("[role='tab']");
  if (step && tab) {
    const tabs = siblings(tab);
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    select(next);
    next.focus();
  }
});

function select(chosen) {
  for (const tab of siblings(chosen)) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
  }
}

function siblings(tab) {
  return [...tab.closest("[role='tablist']").querySelectorAll("[role='tab']")];
}
