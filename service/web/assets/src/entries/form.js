// A page with a form: a task, or the start of a process. Server and page agree by attributes, see templates/form.html.
import flatpickr from "flatpickr";
import { Mandarin } from "flatpickr/dist/esm/l10n/zh.js";
import { mount } from "../form/decision.js";

if (document.documentElement.lang.startsWith("zh")) {
  flatpickr.localize(Mandarin);
}

for (const decision of document.querySelectorAll("form[data-decision]")) {
  await mount(decision);
}
