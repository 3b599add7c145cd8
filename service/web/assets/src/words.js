// The texts our scripts show: the page carries them in its language, by their English wording (service/web/words.py).
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/** The text in the page's language, each {} replaced by the next value. */
export function t(text, ...values) {
  let next = 0;
  return (words[text] ?? text).replaceAll("{}", () => values[next++]);
}
