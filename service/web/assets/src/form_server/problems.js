// What is wrong with submitted values: what form-js's validator says, and what its importer would drop without a word.
import { labelOf } from "../form/labels.js";
import { at } from "../form/values.js";
import { translate } from "../translate.js";

/** Which rule of the schema speaks, by the text of the validator. */
const RULES = [
  ["required", "Field is required."],
  ["min", "Field must have minimum value of {}."],
  ["min", "Min validation value is not a valid number."],
  ["max", "Field must have maximum value of {}."],
  ["max", "Max validation value is not a valid number."],
  ["minLength", "Field must have minimum length of {}."],
  ["maxLength", "Field must have maximum length of {}."],
  ["phone", "Field must be a valid  international phone number. (e.g. +4930664040900)"],
  ["email", "Field must be a valid email."],
  ["increment", "Please select a valid value, the two nearest valid values are {} and {}."],
  ["decimalDigits", "Value is expected to "],
  ["number", "Value is not a number."],
];

/** [{path, label, rule, sentence}] of the visible fields, of lists that are none, and of submitted names that no field has. */
export function problemsOf(form, instances, submitted) {
  return [
    ...instances.flatMap((instance) => problemsOfField(form, instance, submitted)),
    ...notLists(form, submitted),
    ...unknownNames(form, submitted),
  ];
}

function problemsOfField(form, { id, valuePath, ...instance }, submitted) {
  const field = form.get("formFieldRegistry").get(id);
  if (field.disabled) {
    return [];
  }
  const about = { path: valuePath, label: labelOf(field) };
  const { emptyValue } = form.get("formFields").get(field.type).config;
  const value = at(form._getState().data, valuePath);
  if (isDropped(at(submitted, valuePath), value, emptyValue) || (field.type === "datetime" && !isDay(value))) {
    return [notAccepted(about)];
  }
  const sentences = form.get("validator").validateFieldInstance({ id, valuePath, ...instance }, value);
  return sentences.map((sentence) => ({ ...about, rule: ruleOf(sentence), sentence }));
}

function notAccepted(about) {
  return { ...about, rule: "value", sentence: translate("This value is not one of those that the field accepts.") };
}

function notLists(form, submitted) {
  const lists = form.get("formFieldRegistry").getAll().filter((field) => field.isRepeating && field.path);
  const wrong = lists.filter(({ path }) => !isEmpty(submitted[path]) && !Array.isArray(submitted[path]));
  return wrong.map(({ path, label }) => notAccepted({ path: [path], label: label ?? "" }));
}

function unknownNames(form, submitted) {
  const fields = form.get("formFieldRegistry").getAll();
  const paths = form.get("pathRegistry");
  const names = new Set(fields.flatMap((field) => paths.getValuePath(field, {})?.slice(0, 1) ?? []));
  const unknown = Object.keys(submitted).filter((name) => !names.has(name));
  return unknown.map((name) => ({ path: [name], label: "", rule: "unknown", sentence: translate("This form has no such field.") }));
}

/** Something was sent, and form-js's importer made nothing, or less, of it. */
function isDropped(sent, kept, emptyValue) {
  if (isEmpty(sent)) {
    return false;
  }
  if (Array.isArray(sent) && Array.isArray(kept)) {
    return kept.length < sent.length;
  }
  return isEmpty(kept) && JSON.stringify(kept ?? null) === JSON.stringify(emptyValue ?? null);
}

/** JavaScript rolls 2026-02-31 over into March, and form-js lets it. */
function isDay(value) {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(value ?? "")?.[0];
  return !day || new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function isEmpty(value) {
  return value === undefined || value === null || value === "" || value === false || (Array.isArray(value) && !value.length);
}

function ruleOf(sentence) {
  const [rule] = RULES.find(([, text]) => says(sentence, translate(text, "{}", "{}"))) ?? ["pattern"];
  return rule;
}

/** Whether the sentence is the text with something in place of each {}. */
function says(sentence, text) {
  const [head, ...rest] = text.split("{}");
  const tail = rest.at(-1) ?? "";
  return sentence.startsWith(head) && sentence.endsWith(tail) && head.length + tail.length <= sentence.length;
}
