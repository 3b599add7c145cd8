// Menus, the navigation of a phone, notices, the way back.
document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    toggle(document.getElementById(opener.dataset.opens), opener);
  } else if (!event.target.closest(".sidebar")) {
    closeNavigation();
  }
  if (event.target.closest("[data-back]")) {
    history.back();
  }
  const copied = event.target.closest("[data-copy]");
  if (copied) {
    copy(copied);
  }
  if (event.target.closest("[data-print]")) {
    print();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    closeMenus(null);
    closeNavigation();
  }
});

/** Close every open menu that the target is not in. */
function closeMenus(target) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target)) {
      menu.open = false;
    }
  }
}

function toggle(drawer, opener) {
  const isOpen = drawer.classList.toggle("is-open");
  opener.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) {
    drawer.querySelector("a")?.focus();
  }
}

function closeNavigation() {
  document.querySelector(".sidebar")?.classList.remove("is-open");
  document.querySelector("[data-opens='navigation']")?.setAttribute("aria-expanded", "false");
}

async function copy(button) {
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  button.dispatchEvent(new CustomEvent("copied", { bubbles: true }));
  button.querySelector("[data-copied]")?.removeAttribute("hidden");
}

for (const notice of document.querySelectorAll(".toasts .notice-success")) {
  setTimeout(() => notice.remove(), 6000);
}

for (const field of document.querySelectorAll("[data-submits]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

for (const bar of document.querySelectorAll("[data-width]")) {
  bar.style.width = `${bar.dataset.width}%`;
}
