// Runs one script over variables and answers what it has set, as JSON. Evaluated anew in a fresh V8 isolate for each script.
//
// The script sees each variable as a global name; built-ins keep theirs. What it assigns to those names, or to names nobody has
// declared, are variables afterwards; what it declares (var, let, const, function) is its own.
(function (text) {
  "use strict";

  // Whole numbers that a double would round are BigInts inside, and exact again outside.
  const exact = (key, value, { source }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? BigInt(source) : value;
  const { source, variables, now, wantsValue } = JSON.parse(text, /\d{16}/.test(text) ? exact : undefined);

  const { getPrototypeOf, keys, prototype } = Object;
  const { ownKeys } = Reflect;
  const { rawJSON, stringify } = JSON;
  const { isArray } = Array;
  const wellFormed = String.prototype.toWellFormed;
  const nameOfClass = (value) => prototype.toString.call(value).slice(8, -1);
  const RealDate = Date;

  // ---------------------------------------------------------------------- what comes out
  function plain(value, path, above) {
    switch (typeof value) {
      case "string":
        return wellFormed.call(value);
      case "boolean":
        return value;
      case "undefined":
        return null;
      case "bigint":
        return rawJSON(String(value));
      case "number":
        if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}, which cannot be kept as a number`);
        return value;
      case "object":
        return value === null ? null : plainObject(value, path, above);
      default:
        throw new TypeError(`${path} is a ${typeof value}, which cannot be kept as a variable`);
    }
  }

  function plainObject(value, path, above) {
    if (above.includes(value)) throw new TypeError(`${path} contains itself`);
    if (value instanceof RealDate) return RealDate.prototype.toISOString.call(value);
    const inside = [...above, value];
    if (isArray(value)) {
      const list = [];
      for (let index = 0; index < value.length; index++) list[index] = plain(value[index], `${path}[${index}]`, inside);
      return list;
    }
    if (nameOfClass(value) !== "Object") throw new TypeError(`${path} is a ${nameOfClass(value)}, which cannot be kept as a variable`);
    const copy = Object.create(null);
    for (const key of keys(value)) if (value[key] !== undefined) copy[key] = plain(value[key], `${path}.${key}`, inside);
    return copy;
  }

  // ---------------------------------------------------------------------- what the script sees
  for (const name of ["setTimeout", "clearTimeout", "Atomics", "SharedArrayBuffer", "WebAssembly"]) globalThis[name] = undefined;
  const moment = RealDate.parse(now);
  globalThis.Date = new Proxy(RealDate, {
    construct: (real, given, target) => Reflect.construct(real, given.length ? given : [moment], target),
    apply: () => new RealDate(moment).toString(),
    get: (real, name) => (name === "now" ? () => moment : Reflect.get(real, name)),
  });
  RealDate.prototype.constructor = Date;

  // What is not touched is neither copied nor compared: a script of one line costs the same among many variables.
  const given = new Set(keys(variables));
  const values = new Map(given.size ? Object.entries(variables) : []);
  const before = new Map();
  const touch = (name) => {
    if (given.has(name) && !before.has(name)) before.set(name, stringify(plain(values.get(name), name, [])));
  };
  const get = (name) => (touch(name), values.get(name));
  const set = (name, value) => (touch(name), void values.set(name, value));

  const builtIn = new Set([...ownKeys(globalThis), ...ownKeys(prototype), "execution"]);
  const isBuiltIn = (name) => builtIn.has(name);
  for (const name of given)
    if (!isBuiltIn(name))
      Object.defineProperty(globalThis, name, {
        get: () => get(name),
        set: (value) => set(name, value),
        enumerable: true,
        configurable: true,
      });
  const read = (name) => (isBuiltIn(name) ? get(name) : globalThis[name]);
  const write = (name, value) => (isBuiltIn(name) ? set(name, value) : void (globalThis[name] = value));
  const names = () => [
    ...values.keys(),
    ...ownKeys(globalThis).filter((name) => typeof name === "string" && !isBuiltIn(name) && !given.has(name)),
  ];

  globalThis.execution = Object.freeze({
    getVariable: (name) => read(String(name)) ?? null,
    setVariable: (name, value) => write(String(name), value),
    hasVariable: (name) => names().includes(String(name)),
    getVariables: () => Object.fromEntries(names().map((name) => [name, read(name)])),
    setVariables: (values) => keys(values).forEach((name) => write(name, values[name])),
  });

  // ---------------------------------------------------------------------- running
  // Sloppy, and in a function: names that are not declared become globals, declared ones stay inside.
  const run = Function("return eval(arguments[0])");

  function changes() {
    const changed = [];
    for (const name of names()) {
      if (given.has(name) && !before.has(name)) continue;
      const value = read(name);
      if (!given.has(name) && (typeof value === "function" || value === undefined)) continue;
      const kept = plain(value, name, []);
      if (before.get(name) !== stringify(kept)) changed.push([name, kept]);
    }
    return changed;
  }

  function sentence(error) {
    try {
      if (!(error instanceof Error)) return `it threw ${typeof error === "string" ? error : stringify(plain(error, "it", []))}`;
      const line = /\bscript:(\d+):\d+/.exec(String(error.stack))?.[1];
      return `${error.name}: ${error.message}${line ? ` (line ${line})` : ""}`;
    } catch {
      return "it threw something that cannot be shown";
    }
  }

  try {
    const value = run(`${source}\n//# sourceURL=script`);
    return stringify({ value: wantsValue ? plain(value, "the result", []) : null, variables: changes() });
  } catch (error) {
    return stringify({ failure: sentence(error) });
  }
})
