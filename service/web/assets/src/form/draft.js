// The draft saves itself a moment after the last change, and when the page is left.
import { postJson } from "../requests.js";
import { t } from "../words.js";

const QUIET = 1500; // milliseconds without a change

/** Keep what is typed under `data-draft-url`; without that address nothing is kept (a start form). */
export function keepDraft(decision, form) {
  const address = decision.dataset.draftUrl;
  const state = decision.querySelector("[data-draft-state]");
  let timer = null;
  let isStopped = !address;
  let isTouched = false;

  async function save() {
    timer = null;
    const { status, body } = await postJson(address, { data: form?._getState().data ?? {}, comment: decision.elements.comment?.value ?? "" });
    state.textContent = status === 200 ? t("Draft saved {}", body.at) : t("Draft not saved");
  }

  /** A form also changes by itself, while it is drawn and when it computes; that is no draft of anybody. */
  function touched() {
    isTouched = true;
  }

  function changed() {
    if (!isStopped && isTouched) {
      clearTimeout(timer);
      timer = setTimeout(save, QUIET);
    }
  }

  for (const kind of ["input", "change", "click", "drop"]) {
    form?._container.addEventListener(kind, touched, { capture: true });
  }
  form?.on("field.updated", changed);
  decision.elements.comment?.addEventListener("input", () => {
    touched();
    changed();
  });
  addEventListener("visibilitychange", () => {
    if (timer && document.visibilityState === "hidden") {
      clearTimeout(timer);
      save();
    }
  });

  return {
    /** No draft after the decision. */
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
