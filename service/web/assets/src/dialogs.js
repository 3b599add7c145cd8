// Buttons that open a dialog, and what they bring along: data-name and data-value fill its fields of these names.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    for (const name of ["name", "value"]) {
      const field = dialog.querySelector(`[name='${name}']`);
      if (field) {
        field.value = opener.dataset[name] ?? "";
        field.readOnly = name === "name" && "name" in opener.dataset;
      }
    }
    opener.closest("details.menu")?.removeAttribute("open");
    dialog.showModal();
  }
  event.target.closest("[data-close]")?.closest("dialog").close();
});
