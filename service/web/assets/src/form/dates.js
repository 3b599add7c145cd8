// The calendar of date fields in the page's language.
import flatpickr from "flatpickr";
import { Mandarin } from "flatpickr/dist/esm/l10n/zh.js";

if (document.documentElement.lang.startsWith("zh")) {
  flatpickr.localize(Mandarin);
}
