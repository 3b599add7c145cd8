// A form is sent once: its button shows that something is going on until the answer is here.
document.addEventListener("submit", ({ target: form, submitter, defaultPrevented }) => {
  if (defaultPrevented || form.method === "get" || form.method === "dialog") {
    return;
  }
  // Only after the browser has taken the button's own value along.
  setTimeout(() => busy(submitter ?? form.querySelector("button"), true));
});

// The page may come back out of the browser's memory when somebody goes back.
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[aria-busy='true']")) {
    busy(button, false);
  }
});

export function busy(button, isBusy) {
  if (button) {
    button.disabled = isBusy;
    button.setAttribute("aria-busy", String(isBusy));
  }
}
