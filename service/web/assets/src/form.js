// Pages with a form: every <div data-form> with its sibling <script type="application/json" data-form-schema> and data-form-data.
import { Form } from "@bpmn-io/form-js-viewer";

for (const container of document.querySelectorAll("[data-form]")) {
  mount(container);
}

async function mount(container) {
  const form = new Form({ container });
  container.form = form;
  await form.importSchema(block(container, "data-form-schema"), block(container, "data-form-data"));
  container.dispatchEvent(new CustomEvent("form:ready", { bubbles: true }));
}

function block(container, attribute) {
  const script = container.parentElement.querySelector(`script[${attribute}]`);
  return script ? JSON.parse(script.textContent) : {};
}
