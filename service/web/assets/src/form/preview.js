// Forms to look at: drawn as people see them, sent nowhere.
import "./dates.js";
import { drawn } from "./schema.js";

/** Draw every <div data-form-preview> below `root` that is not drawn yet. */
export async function drawPreviews(root) {
  for (const frame of root.querySelectorAll("[data-form-preview]:not([data-drawn])")) {
    frame.dataset.drawn = "true";
    await drawn(frame);
  }
}
