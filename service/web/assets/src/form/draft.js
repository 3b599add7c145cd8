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

  async function save() {
    timer = null;
    const { status } = await postJson(address, { data: form?._getState().data ?? {}, comment: decision.elements.comment?.value ?? "" });
    state.textContent = status === 200 ? t("Draft saved {}", clock()) : t("Draft not saved");
  }

  function changed() {
    if (!isStopped) {
      clearTimeout(timer);
      timer = setTimeout(save, QUIET);
    }
  }

  form?.on("field.updated", changed);
  decision.elements.comment?.addEventListener("input", changed);
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

function clock() {
  return new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}
