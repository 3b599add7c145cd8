// Keys on lists: j and k move, Enter opens, / searches. Nothing happens while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) {
    return;
  }
  const action = { j: () => move(1), k: () => move(-1), "/": search }[event.key];
  if (action?.()) {
    event.preventDefault();
  }
});

function move(step) {
  const links = [...document.querySelectorAll(".row-line .row-title a")];
  if (!links.length) {
    return false;
  }
  const current = links.findIndex((link) => link === document.activeElement);
  const next = links[Math.min(links.length - 1, Math.max(0, current + step))];
  next.focus();
  next.closest(".row-line").scrollIntoView({ block: "nearest" });
  return true;
}

function search() {
  const field = document.querySelector("[data-search]");
  field?.focus();
  field?.select();
  return Boolean(field);
}
