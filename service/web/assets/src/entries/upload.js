// Deploying files: several at once, by choice or by drag and drop, with progress; the answer is a part of the page.
import { icon } from "../icons.js";
import { droppedFiles, pathOf } from "../dropped_files.js";
import { postFiles } from "../requests.js";
import { busy } from "../submission.js";
import "../tabs.js";
import { t } from "../words.js";

const ACCEPTED = [".bpmn", ".dmn", ".form.json"];
const form = document.querySelector("form[data-upload]");
const zone = form.querySelector("[data-drop]");
const list = form.querySelector("[data-chosen]");
const input = form.querySelector("input[type='file']");
const progress = form.querySelector("progress");
const stage = form.querySelector("[data-stage]");
let files = [];

input.addEventListener("change", () => {
  choose([...input.files]);
  input.value = "";
});

form.querySelector("[data-browse]").addEventListener("click", () => input.click());

zone.addEventListener("dragover", (event) => {
  event.preventDefault();
  zone.classList.add("is-over");
});

zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));

zone.addEventListener("drop", async (event) => {
  event.preventDefault();
  zone.classList.remove("is-over");
  choose(await droppedFiles(event.dataTransfer));
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  busy(button, true);
  progress.hidden = false;
  const more = { name: form.elements.name.value, folder: form.elements.folder.value, check: button.value === "check" ? "1" : "" };
  const { body } = await postFiles(form.action, "files", files, showProgress, more);
  progress.hidden = true;
  stage.textContent = "";
  busy(button, false);
  show(body);
});

/** How much has arrived; then the server reads and checks the files, and nobody knows how long that takes. */
function showProgress(part) {
  if (part < 1) {
    progress.value = part;
    stage.textContent = t("Uploading: {} %", Math.round(part * 100));
  } else {
    progress.removeAttribute("value");
    stage.textContent = t("The server checks {} files …", files.length);
  }
}

/** A file chosen again replaces the one of the same path. */
function choose(chosen) {
  const fitting = chosen.filter(({ name }) => ACCEPTED.some((ending) => name.endsWith(ending)));
  const paths = new Set(fitting.map(pathOf));
  files = [...files.filter((file) => !paths.has(pathOf(file))), ...fitting];
  form.querySelector("[data-unfit]").hidden = fitting.length === chosen.length;
  list.replaceChildren(...files.map(line));
  for (const button of form.querySelectorAll("button[name='act']")) {
    button.disabled = files.length === 0;
  }
}

function line(file) {
  const item = document.createElement("li");
  item.className = "attachment";
  const name = document.createElement("span");
  name.textContent = pathOf(file);
  const size = document.createElement("span");
  size.className = "quiet";
  size.textContent = `${Math.max(1, Math.round(file.size / 1024))} kB`;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "icon-button";
  remove.setAttribute("aria-label", t("Remove {}", file.name));
  remove.append(icon("x"));
  remove.addEventListener("click", () => {
    files = files.filter((each) => each !== file);
    choose([]);
  });
  item.append(icon("file"), name, size, remove);
  return item;
}

/** Forms are drawn when somebody wants to see one: form-js is large. */
document.querySelector("[data-answer]").addEventListener("toggle", async ({ target }) => {
  if (target.open && target.querySelector("[data-form-preview]")) {
    const { drawPreviews } = await import("../form/preview.js");
    await drawPreviews(target);
  }
}, true);

/** The server's own fragment: what was deployed, or the problem list. */
function show({ html, detail, next }) {
  if (next) {
    location.assign(next);
    return;
  }
  const answer = document.querySelector("[data-answer]");
  if (html) {
    answer.innerHTML = html;
  } else {
    answer.textContent = detail;
  }
  answer.focus();
  answer.scrollIntoView({ block: "start", behavior: "smooth" });
}
