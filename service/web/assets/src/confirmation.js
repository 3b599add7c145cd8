// <form data-confirm="sentence"> asks before it is sent, in one dialog for all of them (templates/layout.html).
const dialog = document.getElementById("confirmation");
let waiting = null;

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.dataset.confirm || form === waiting?.form) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting = { form, submitter };
  dialog.querySelector("[data-sentence]").textContent = form.dataset.confirm;
  const yes = dialog.querySelector("[data-yes]");
  const isDangerous = submitter?.classList.contains("btn-danger") ?? false;
  yes.textContent = submitter?.dataset.yes ?? submitter?.textContent.trim();
  yes.classList.toggle("btn-danger", isDangerous);
  yes.classList.toggle("btn-primary", !isDangerous);
  dialog.showModal();
}, true);

dialog?.addEventListener("close", () => {
  const { form, submitter } = waiting;
  if (dialog.returnValue === "yes") {
    form.requestSubmit(submitter);
  }
  waiting = null;
  dialog.returnValue = "";
});
