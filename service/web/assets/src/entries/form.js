// A page with a form: a task, or the start of a process. Server and page agree by attributes, see templates/form.html.
import "../form/dates.js";
import { mount } from "../form/decision.js";
import { drawn } from "../form/schema.js";

const decision = document.querySelector("form[data-decision]");
if (decision) {
  await mount(decision);
} else {
  await drawn(document.querySelector("[data-form]"), { readOnly: true }); // for who may look and not decide
}
