// Draws a form-js form into its frame.
import { Form } from "@bpmn-io/form-js-viewer";
import { attachmentModule } from "./attachment_field.js";
import { numberModule } from "./number_field.js";
import { readExactly } from "./numbers.js";

/** The form of <div data-form>, drawn, with form-js's properties such as readOnly; null when the step has none. */
export async function drawn(frame, properties = {}) {
  if (!frame) {
    return null;
  }
  const form = new Form({
    container: frame,
    properties,
    debounce: false, // a value that waits to be taken over is lost when something else draws the form anew meanwhile
    additionalModules: [attachmentModule(frame.dataset.attachmentsUrl), numberModule],
  });
  await form.importSchema(JSON.parse(block(frame, "data-form-schema")), readExactly(block(frame, "data-form-data")));
  frame.querySelector("[data-form-loading]")?.remove();
  return form;
}

function block(frame, attribute) {
  return frame.parentElement.querySelector(`script[${attribute}]`).textContent;
}
