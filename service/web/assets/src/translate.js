// Texts of libraries that speak English only. build/translatable.mjs puts the calls into them.
import formJs from "../i18n/form-js.zh.json";
import formServer from "../i18n/form_server.zh.json";

const chinese = { ...formJs, ...formServer };

let language = globalThis.document?.documentElement.lang ?? "en";

/** "zh" or "en", with or without a region; the browser's page has said it already. */
export function setLanguage(tag) {
  language = tag;
}

/** The text in the page's language, each {} replaced by the next inserted value. */
export function translate(text, ...inserted) {
  const sentence = language.startsWith("zh") ? (chinese[text] ?? text) : text;
  let next = 0;
  return sentence.replaceAll("{}", () => inserted[next++]);
}
