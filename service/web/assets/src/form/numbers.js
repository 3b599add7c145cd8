// Whole numbers beyond 2^53: JavaScript would round them. They come into a form as texts, and leave it as the texts they were.

const LITERAL = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const WHOLE = /^"?(-?\d{16,})"?$/;

/** What JavaScript makes of a long number → the number's text. */
const texts = new Map();

/** The JSON text as a value, with texts in place of numbers that would be rounded. */
export function readExactly(json) {
  return JSON.parse(json.replaceAll(LITERAL, (literal) => quoted(literal)));
}

/** The value with texts in place of numbers that were texts when they came. */
export function exactly(value) {
  if (Array.isArray(value)) {
    return value.map(exactly);
  }
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, exactly(each)]));
  }
  return typeof value === "number" ? (texts.get(value) ?? value) : value;
}

function quoted(literal) {
  const text = WHOLE.exec(literal)?.[1];
  if (!text || Number.isSafeInteger(Number(text))) {
    return literal;
  }
  texts.set(Number(text), text);
  return `"${text}"`;
}
