// Keys: j and k move in a list, Enter opens, / searches; n goes to the next task, u back to the list, c to the opinion; ? tells them all.
// Nothing happens while somebody types.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable], dialog, .bjs-container")) {
    return;
  }
  const actions = { j: () => move(1), k: () => move(-1), "/": search, c: opinion, "?": help };
  const action = actions[event.key] ?? (() => follow(event.key));
  if (action()) {
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

function opinion() {
  const field = document.querySelector("form[data-decision] textarea[name='comment']");
  field?.focus();
  return Boolean(field);
}

function help() {
  document.getElementById("keys")?.showModal();
  return true;
}

/** A link that names its key. */
function follow(key) {
  const link = /^[a-z]$/.test(key) && document.querySelector(`a[data-key="${key}"]`);
  link?.click?.();
  return Boolean(link);
}
