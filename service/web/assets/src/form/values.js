// What a form holds. form-js submits the values of visible fields, and leaves out a list without rows: nobody would learn that the
// rows it had are gone.

/** `data` as form-js submits it, with the visible lists that have no rows. */
export function withEmptyLists(form, data) {
  const fields = form.get("formFieldRegistry");
  for (const { id, valuePath } of form.get("formFieldInstanceRegistry").getAll()) {
    const rows = at(form._getState().data, valuePath);
    if (fields.get(id).isRepeating && Array.isArray(rows) && !rows.length) {
      put(data, valuePath, []);
    }
  }
  return data;
}

/** The value at a path like ["items", 0, "amount"]. */
export function at(data, path) {
  return path.reduce((value, key) => value?.[key], data);
}

function put(data, path, value) {
  const last = path.at(-1);
  path.slice(0, -1).reduce((level, key, place) => (level[key] ??= typeof path[place + 1] === "number" ? [] : {}), data)[last] = value;
}
