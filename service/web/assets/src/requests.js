// Requests of our scripts to our own pages: JSON in, JSON out, with the page's CSRF token.
import { pathOf } from "./dropped_files.js";
import { t } from "./words.js";

const token = document.querySelector("meta[name='csrf-token']")?.content ?? "";
const headers = { Accept: "application/json", "X-CSRF-Token": token };

/** As postJson, without sending anything. */
export function getJson(address) {
  return ask(address, { headers });
}

/** {status, body}; status 0 when nobody answered. A body always has a `detail` when the status is an error. */
export async function postJson(address, value) {
  return ask(address, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(value),
  });
}

async function ask(address, request) {
  try {
    const response = await fetch(address, request);
    return { status: response.status, body: await read(response) };
  } catch {
    return { status: 0, body: { detail: t("The server does not answer. Check your connection and try again.") } };
  }
}

async function read(response) {
  try {
    return await response.json();
  } catch {
    return { detail: t("The answer could not be read. Reload the page.") };
  }
}

/** Send files as multipart; `progress` is called with 0 … 1. fetch() tells no progress of uploads, so XMLHttpRequest. */
export function postFiles(address, fieldName, files, progress, more = {}) {
  const content = new FormData();
  for (const file of files) {
    content.append(fieldName, file, pathOf(file));
  }
  for (const [name, value] of Object.entries(more)) {
    content.append(name, value);
  }
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(total ? loaded / total : 0));
    request.addEventListener("load", () => resolve({ status: request.status, body: request.response ?? {} }));
    request.addEventListener("error", () => resolve({ status: 0, body: { detail: t("The server does not answer. Check your connection and try again.") } }));
    request.send(content);
  });
}
