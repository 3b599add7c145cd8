// The page of a form: how it looks, in each language.
import { drawPreviews } from "../form/preview.js";
import "../tabs.js";

await drawPreviews(document);
