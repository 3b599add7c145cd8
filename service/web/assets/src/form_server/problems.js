// What is wrong with submitted values: what form-js's validator says, and what its importer would drop without a word.
import { translate } from "../translate.js";
import { at } from "./field_instances.js";

/** Which rule of the schema speaks, by the text of the validator. */
const RULES = {
  required: "Field is required.",
  min: "Field must have minimum value of {}.",
  max: "Field must have maximum value of {}.",
  minLength: "Field must have minimum length of {}.",
  maxLength: "Field must have maximum length of {}.",
  phone: "Field must be a valid  international phone number. (e.g. +4930664040900)",
  email: "Field must be a valid email.",
  increment: "Please select a valid value, the two nearest valid values are {} and {}.",
  decimalDigits: "Value is expected to ",
  number: "Value is not a number.",
};

export function problemsOf(form, instances, submitted) {
  const fields = form.get("formFieldRegistry");
  const formFields = form.get("formFields");
  const validator = form.get("validator");
  const { data } = form._getState();
  return instances.flatMap((instance) => {
    const field = fields.get(instance.id);
    if (field.disabled) {
      return [];
    }
    const about = { path: instance.valuePath, label: field.label ?? "" };
    const { emptyValue } = formFields.get(field.type).config;
    const value = at(data, instance.valuePath);
    if (isDropped(at(submitted, instance.valuePath), value, emptyValue)) {
      return [{ ...about, rule: "value", sentence: translate("This value is not one of those that the field accepts.") }];
    }
    const sentences = validator.validateFieldInstance(instance, value);
    return sentences.map((sentence) => ({ ...about, rule: ruleOf(sentence), sentence }));
  });
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

function isEmpty(value) {
  return value === undefined || value === null || value === "" || value === false || (Array.isArray(value) && !value.length);
}

function ruleOf(sentence) {
  return Object.keys(RULES).find((rule) => says(sentence, translate(RULES[rule], "{}", "{}"))) ?? "pattern";
}

/** Whether the sentence is the text with something in place of each {}. */
function says(sentence, text) {
  const [head, ...rest] = text.split("{}");
  const tail = rest.at(-1) ?? "";
  return sentence.startsWith(head) && sentence.endsWith(tail) && head.length + tail.length <= sentence.length;
}
