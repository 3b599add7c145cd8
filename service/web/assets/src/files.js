// <form data-adds-files="#files">: files chosen or dropped are sent at once; then the part of the page they belong to is drawn anew.
import { postFiles } from "./requests.js";
import { t } from "./words.js";

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-adds-files]");
  if (form && target.type === "file") {
    add(form, [...target.files]);
  }
});

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const form = event.target.closest?.("form[data-adds-files]");
    if (!form) {
      return;
    }
    event.preventDefault();
    form.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop") {
      add(form, [...event.dataTransfer.files]);
    }
  });
}

async function add(form, files) {
  if (!files.length) {
    return;
  }
  const progress = form.querySelector("progress");
  const refusal = form.querySelector("[role='alert']");
  progress.hidden = false;
  refusal.hidden = true;
  const { status, body } = await postFiles(form.action, "files", files, (part) => {
    progress.value = part;
  });
  progress.hidden = true;
  form.reset();
  if (status === 200) {
    await redraw(form.dataset.addsFiles);
  } else {
    refusal.textContent = body.detail ?? t("The file could not be uploaded.");
    refusal.hidden = false;
  }
}

async function redraw(selector) {
  const response = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(selector);
  if (fresh) {
    document.querySelector(selector).replaceWith(fresh);
  }
}
