// A part of a page was asked for, and nobody answers or the answer is a refusal: that is said where notices stand. A list
// (hx-status:5xx="swap:none") stays as it is meanwhile; elsewhere a refusal takes the place of the part itself.
import { icon } from "./icons.js";
import { t } from "./words.js";

const place = document.querySelector("[data-toasts]");

document.addEventListener("htmx:error", () => say(t("The server does not answer. Check your connection and try again.")));

document.addEventListener("htmx:response:error", ({ target, detail }) => {
  if (target.hasAttribute("hx-status:5xx")) {
    const fragment = new DOMParser().parseFromString(detail.ctx.text ?? "", "text/html");
    say(fragment.querySelector("[role='alert'] p")?.textContent ?? t("The answer could not be read. Reload the page."));
  }
});

document.addEventListener("htmx:after:request", () => place.querySelector(".notice-error")?.remove());

function say(sentence) {
  const notice = document.createElement("div");
  notice.className = "notice notice-error";
  notice.append(icon("alert-triangle"), sentence);
  place.querySelector(".notice-error")?.remove();
  place.append(notice);
}
