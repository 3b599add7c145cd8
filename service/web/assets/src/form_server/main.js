// form-js's own importer, conditions, FEEL and validator for V8 inside Python (service/forms/validation.py).
// No DOM, no rendering: what the browser's form would show and accept, decided again where nobody can tamper with it.
import "./document.js";
import { Form } from "@bpmn-io/form-js-viewer";
import { withEmptyLists } from "../form/values.js";
import { fieldInstances } from "./field_instances.js";
import { problemsOf } from "./problems.js";
import { setLanguage } from "../translate.js";

const NO_RENDERER = { renderer: ["value", null] };

/**
 * request  {schema, data: what was submitted, known: other values that conditions may read, language: "zh" | "en"}
 * answer   {data: the values of the visible fields, problems: [{path: ["items", 0, "amount"], label, rule, sentence}]}
 *          or {failure: why the form itself cannot be used}
 * Both are JSON texts.
 */
globalThis.validateForm = (request) => {
  const { schema, data, known, language } = JSON.parse(request);
  setLanguage(language);
  const form = new Form({ additionalModules: [NO_RENDERER] });
  const failure = load(form, schema, { ...known, ...data });
  if (failure) {
    return JSON.stringify({ failure });
  }
  const instances = fieldInstances(form);
  const problems = problemsOf(form, instances, data);
  return JSON.stringify({ data: withEmptyLists(form, form._getSubmitData()), problems });
};

/** form-js reads the schema at once, although it answers with a promise; the event tells how it went. */
function load(form, schema, data) {
  let failure;
  form.on("import.done", ({ error }) => {
    failure = error?.message;
  });
  form.importSchema(schema, data).catch(() => {});
  return failure;
}
