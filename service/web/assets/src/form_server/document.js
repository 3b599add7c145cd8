// The little of a browser that form-js touches while its modules load and a form is made.
const element = () => ({
  classList: { add() {} },
  setAttribute() {},
  style: {},
});

globalThis.document ??= { createElement: element, documentElement: { lang: "en" }, addEventListener() {} };
globalThis.window ??= globalThis;
globalThis.navigator ??= { userAgent: "" };
globalThis.KeyboardEvent ??= class {};
