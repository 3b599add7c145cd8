// form-js's number field, which changes nothing that was typed: what is no number, or could not be kept exactly, stays as it is
// and is told at the field.
import { Description, Errors, Label, Numberfield, useSingleLineTemplateEvaluation } from "@bpmn-io/form-js-viewer";
import { h } from "preact";
import { useState } from "preact/hooks";
import { t } from "../words.js";
import { exactNumber, plainDigits, stepped } from "./numbers.js";

/** form-js counts the decimals of larger numbers by a point that they do not have. */
const WITHOUT_POINT = 1e21;

class Registration {
  static $inject = ["formFields", "validator", "formFieldRegistry"];

  constructor(formFields, validator, fields) {
    formFields.register("number", NumberField);
    const ofField = validator.validateField.bind(validator);
    const ofInstance = validator.validateFieldInstance.bind(validator);
    validator.validateField = (field, value) => problemsOf(field, value, () => ofField(field, value), ofField);
    validator.validateFieldInstance = (instance, value) => problemsOf(fields.get(instance.id), value, () => ofInstance(instance, value), ofField);
  }
}

/** A form-js module that puts this field in place of the built-in one. */
export const numberModule = { __init__: ["numberField"], numberField: ["type", Registration] };

function problemsOf(field, value, usual, ofField) {
  if (field?.type !== "number") {
    return usual();
  }
  const refusal = typeof value === "string" && refusalOf(value, field);
  if (refusal) {
    return [refusal];
  }
  return Math.abs(Number(value)) < WITHOUT_POINT ? usual() : ofField({ ...field, decimalDigits: undefined }, value);
}

function refusalOf(text, { serializeToString }) {
  const digits = text && plainDigits(text);
  if (digits === null) {
    return t("This is no number. Write it in digits, such as 1234.5.");
  }
  return !digits || serializeToString || exactNumber(digits) !== null ? "" : t("The number has more digits than can be kept exactly.");
}

/** The value of the field for what was typed: the text itself when it cannot be taken. */
function valueOf(typed, { serializeToString }) {
  const digits = plainDigits(typed);
  if (!typed.trim() || digits === null) {
    return typed.trim() ? typed : null;
  }
  return serializeToString ? digits : (exactNumber(digits) ?? typed);
}

function NumberField({ field, domId, value, errors = [], disabled, readonly, onChange, onBlur, onFocus }) {
  const [typed, setTyped] = useState(null); // {text, value}: what is shown as long as it is what the value was made of
  const shown = typed && typed.value === value ? typed.text : String(value ?? "");

  function put(text) {
    const made = valueOf(text, field);
    setTyped({ text, value: made });
    onChange({ field, value: made });
  }

  function step(event) {
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const digits = plainDigits(shown || "0");
    if (direction && digits !== null && !readonly && !disabled) {
      event.preventDefault();
      put(stepped(digits, stepOf(field), direction));
    }
  }

  const describedBy = `${domId}-description ${domId}-error-message`;
  return h("div", { class: classesOf(errors, disabled, readonly) }, [
    h(Label, { htmlFor: domId, label: field.label, required: field.validate?.required }),
    h(Adorned, { field, disabled, readonly, hasErrors: errors.length > 0 }, [
      h("input", {
        class: "fjs-input",
        id: domId,
        type: "text",
        inputMode: "decimal",
        autoComplete: "off",
        disabled,
        readOnly: readonly,
        required: field.validate?.required,
        value: shown,
        "aria-describedby": describedBy,
        "aria-invalid": errors.length > 0,
        onInput: (event) => put(event.target.value),
        onKeyDown: step,
        onFocus: () => onFocus?.(),
        onBlur: () => {
          if (plainDigits(shown) !== shown) {
            setTyped(null); // the digits that were read, in place of commas and full-width characters
          }
          onBlur?.();
        },
      }),
    ]),
    h(Description, { id: `${domId}-description`, description: field.description }),
    h(Errors, { id: `${domId}-error-message`, errors }),
  ]);
}

NumberField.config = {
  ...Numberfield.config,
  sanitizeValue({ value, formField }) {
    if (typeof value === "number") {
      return formField.serializeToString ? String(value) : value;
    }
    const digits = typeof value === "string" ? plainDigits(value) : null;
    return digits === null || formField.serializeToString ? digits : exactNumber(digits);
  },
};

function Adorned({ field, disabled, readonly, hasErrors, children }) {
  const before = useSingleLineTemplateEvaluation(field.appearance?.prefixAdorner, { debug: true });
  const after = useSingleLineTemplateEvaluation(field.appearance?.suffixAdorner, { debug: true });
  const states = [disabled && "fjs-disabled", readonly && "fjs-readonly", hasErrors && "hasErrors"];
  return h("div", { class: ["fjs-input-group", ...states.filter(Boolean)].join(" ") }, [
    before && h("span", { class: "fjs-input-adornment border-right border-radius-left" }, h("span", { class: "fjs-input-adornment-text" }, before)),
    children,
    after && h("span", { class: "fjs-input-adornment border-left border-radius-right" }, h("span", { class: "fjs-input-adornment-text" }, after)),
  ]);
}

function stepOf({ increment, decimalDigits }) {
  const given = increment && plainDigits(increment);
  return given && Number(given) > 0 ? given : decimalDigits > 0 ? `0.${"1".padStart(decimalDigits, "0")}` : "1";
}

function classesOf(errors, disabled, readonly) {
  const states = [errors.length && "fjs-has-errors", disabled && "fjs-disabled", readonly && "fjs-readonly"];
  return ["fjs-form-field", "fjs-form-field-number", ...states.filter(Boolean)].join(" ");
}
