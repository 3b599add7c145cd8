// The decision under a form: check the values, send them with the outcome and the comment, show what was refused.
import { busy } from "../submission.js";
import { postJson } from "../requests.js";
import { t } from "../words.js";
import { keepDraft } from "./draft.js";
import { sayAtOpinion } from "./opinion.js";
import { focusFirst, summarise, showRefusals } from "./refusals.js";
import { drawn } from "./schema.js";
import { withEmptyLists } from "./values.js";

/**
 * <form data-decision action=… data-draft-url=…> with buttons name="outcome", a textarea name="comment", and before it
 * <div data-form> with the JSON blocks data-form-schema and data-form-data. A step without a form has no <div data-form>.
 */
export async function mount(decision) {
  const form = await drawn(document.querySelector("[data-form]"));
  const draft = keepDraft(decision, form);
  decision.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter ?? decision.querySelector("button[name='outcome']");
    if (!isComplete(decision, form, button)) {
      return;
    }
    busy(button, true);
    draft.stop();
    await send(decision, form, button);
    busy(button, false);
  });
}

function isComplete(decision, form, button) {
  const hasErrors = form && Object.keys(form.submit().errors).length > 0;
  const comment = commentRefusal(decision, button);
  sayAtOpinion(decision, comment);
  summarise(decision, comment ? [{ sentence: comment }] : []);
  if (hasErrors || comment) {
    focusFirst(decision);
  }
  return !hasErrors && !comment;
}

/** An outcome may ask for a comment. */
function commentRefusal(decision, button) {
  const isMissing = button.dataset.comment === "required" && !decision.elements.comment?.value.trim();
  return isMissing ? t("Please give your opinion: this decision needs one.") : "";
}

async function send(decision, form, button) {
  const { status, body } = await postJson(decision.action, {
    variables: form ? withEmptyLists(form, form.submit().data) : {},
    outcome: button.value || null,
    comment: decision.elements.comment?.value.trim() || null,
    goesOn: Boolean(decision.elements.goesOn?.checked),
    businessKey: decision.elements.businessKey?.value.trim() || null,
  });
  if (status === 200) {
    location.assign(body.next);
    return new Promise(() => {}); // the button stays busy until the next page is here
  }
  await showRefusals(decision, form, body);
}
