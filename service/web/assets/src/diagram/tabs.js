// Tabs over the diagrams of called processes; arrow keys move between them.
for (const list of document.querySelectorAll("[role='tablist']")) {
  const tabs = [...list.querySelectorAll("[role='tab']")];
  list.addEventListener("click", ({ target }) => {
    const tab = target.closest("[role='tab']");
    if (tab) {
      select(tabs, tab);
    }
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
      select(tabs, next);
      next.focus();
    }
  });
}

function select(tabs, chosen) {
  for (const tab of tabs) {
    tab.setAttribute("aria-selected", String(tab === chosen));
    tab.tabIndex = tab === chosen ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
  }
}
