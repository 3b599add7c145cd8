// A page with a form: a task, or the start of a process. Server and page agree by attributes, see templates/form.html.
import "../form/dates.js";
import { mount } from "../form/decision.js";

for (const decision of document.querySelectorAll("form[data-decision]")) {
  await mount(decision);
}
