// What is wrong, shown three times: at the field, in a summary above the form, and by the focus.
import { icon } from "../icons.js";
import { t } from "../words.js";
import { labelOf } from "./labels.js";
import { sayAtOpinion } from "./opinion.js";

/** The server's answer `{detail, problems: [{where: "items[0].amount", sentence}]}` in the places of form-js's own errors. */
export async function showRefusals(decision, form, { detail, problems = [] }) {
  const errors = {};
  const others = [];
  for (const problem of problems) {
    const instance = form && instanceAt(form, problem.where);
    if (instance) {
      put(errors, [instance.id, ...Object.values(instance.indexes ?? {})], withoutLabel(form, instance, problem.sentence));
    } else {
      others.push({ sentence: problem.sentence });
      if (problem.where === "comment") {
        sayAtOpinion(decision, problem.sentence);
      }
    }
  }
  form?._setState({ errors });
  await nextFrame();
  summarise(decision, problems.length ? others : [{ sentence: detail }]);
  focusFirst(decision);
}

function instanceAt(form, where) {
  const instances = form.get("formFieldInstanceRegistry").getAllKeyed();
  return instances.find(({ valuePath }) => place(valuePath) === where);
}

/** ["items", 0, "amount"] as the server writes it: items[0].amount. */
function place(path) {
  return path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("").replace(/^\./, "");
}

/** The server's sentence begins with the field's label or place; the label stands above the field already. */
function withoutLabel(form, { id, valuePath }, sentence) {
  const name = labelOf(form.get("formFieldRegistry").get(id)) || place(valuePath);
  return sentence.startsWith(name) ? sentence.slice(name.length).replace(/^[：:]\s*/, "") : sentence;
}

function put(errors, path, sentence) {
  const last = path.pop();
  let level = errors;
  for (const key of path) {
    level = level[key] ??= {};
  }
  level[last] = [...(level[last] ?? []), sentence];
}

function nextFrame() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

/** Fill <div data-summary> with a line for each field in error and for `others`; hide it when there is nothing to say. */
export async function summarise(decision, others) {
  await nextFrame();
  const summary = document.querySelector("[data-summary]");
  const fields = [...document.querySelectorAll("[data-form] .fjs-form-field.fjs-has-errors")].map(fieldLine);
  const lines = [...fields, ...others.map(otherLine)];
  summary.hidden = lines.length === 0;
  summary.replaceChildren();
  if (lines.length) {
    const title = document.createElement("strong");
    title.textContent = t("Please correct this first:");
    const list = document.createElement("ul");
    list.append(...lines);
    const text = document.createElement("div");
    text.append(title, list);
    summary.append(icon("alert-triangle"), text);
  }
}

function fieldLine(field) {
  const label = field.querySelector("label, .fjs-form-field-label")?.firstChild?.textContent.trim() ?? "";
  const error = field.querySelector(".fjs-form-field-error")?.textContent.trim() ?? "";
  const line = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = label ? t("{}: {}", label, error) : error;
  button.addEventListener("click", () => controlOf(field)?.focus());
  line.append(button);
  return line;
}

function otherLine({ sentence }) {
  const line = document.createElement("li");
  line.textContent = sentence;
  return line;
}

/** The first thing in error gets the focus: a field of the form, the comment, or the summary. */
export async function focusFirst(decision) {
  await nextFrame();
  const field = document.querySelector("[data-form] .fjs-form-field.fjs-has-errors");
  const comment = decision.querySelector("[aria-invalid='true']");
  const target = (field && controlOf(field)) || comment || document.querySelector("[data-summary]");
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "center" });
}

function controlOf(field) {
  return field.querySelector("input:not([type='hidden']):not(.fjs-hidden), textarea, select, [tabindex], button");
}
