// Numbers as people write them, read exactly or not at all. JavaScript would round whole numbers beyond 2^53: those come into a
// form as texts of their digits, and leave it as such; the server reads them.

const LITERAL = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const WHOLE = /^-?\d{16,}$/;
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/** Every decimal of so many digits is another number of JavaScript. */
const CERTAIN = 15;
/** The whole numbers that the server keeps. */
const LEAST = -(2n ** 63n);
const MOST = 2n ** 64n - 1n;

/** The JSON text as a value, with texts in place of whole numbers that would be rounded. */
export function readExactly(json) {
  return JSON.parse(json.replaceAll(LITERAL, (literal) => (WHOLE.test(literal) && !Number.isSafeInteger(Number(literal)) ? `"${literal}"` : literal)));
}

/** What was typed in plain digits: without thousands commas, full-width characters made narrow. null when it is no number. */
export function plainDigits(typed) {
  const text = String(typed).normalize("NFKC").replace("\u2212", "-").trim();
  if (PLAIN.test(text)) {
    return text;
  }
  return GROUPED.test(text) ? text.replaceAll(",", "") : null;
}

/** The number that plain digits are, or a text of them where JavaScript has no such number; null when it could not be kept. */
export function exactNumber(digits) {
  const { sign, whole, fraction } = partsOf(digits);
  if (!fraction) {
    const number = BigInt(sign + whole);
    if (Number.isSafeInteger(Number(number))) {
      return Number(number);
    }
    return LEAST <= number && number <= MOST ? String(number) : null;
  }
  const significant = (whole + fraction).replace(/^0+/, "").length;
  const number = Number(digits);
  return significant <= CERTAIN || String(number) === `${sign}${whole}.${fraction}` ? number : null;
}

/** `digits` and a step away from it in plain digits: to the next multiple of `step` up (1) or down (-1). */
export function stepped(digits, step, direction) {
  const places = Math.max(partsOf(digits).fraction.length, partsOf(step).fraction.length);
  const unit = scaled(step, places);
  const from = scaled(digits, places);
  const rest = ((from % unit) + unit) % unit;
  const to = from - rest + (direction > 0 ? unit : rest ? 0n : -unit);
  const text = String(to < 0n ? -to : to).padStart(places + 1, "0");
  const point = text.length - places;
  return (to < 0n ? "-" : "") + text.slice(0, point) + (places ? `.${text.slice(point)}` : "");
}

function partsOf(digits) {
  const [, sign, whole, fraction = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(digits);
  return { sign: sign === "-" ? "-" : "", whole: whole.replace(/^0+(?=\d)/, "") || "0", fraction: fraction.replace(/0+$/, "") };
}

function scaled(digits, places) {
  const { sign, whole, fraction } = partsOf(digits);
  return BigInt(sign + whole + fraction.padEnd(places, "0"));
}
