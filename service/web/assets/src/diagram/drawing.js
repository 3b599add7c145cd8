// Draws <div data-diagram data-xml-url="…">; the sibling <script type="application/json" data-markers> says what to mark:
// {"elements": {"Task_1": {"state": "active" | "overdue" | "completed" | "incident", "count": 2, "title": "who"}}, "flows": ["Flow_1"]}
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { drawEnglishNames } from "./english.js";
import { icon } from "../icons.js";
import { t } from "../words.js";

const PHONE = 768; // pixels; on a narrower sheet a whole diagram is too small to read
const LARGEST = 1; // never larger than drawn
const READABLE = 0.8; // the zoom at which names can be read on a phone
const LARGE = 300; // an opened sub-process is no place to look at

export async function draw(container) {
  const viewer = new NavigatedViewer({ container });
  drawEnglishNames(viewer);
  try {
    await viewer.importXML(await xmlOf(container.dataset.xmlUrl));
  } catch (error) {
    fail(container, error);
    return;
  }
  const markers = readMarkers(container);
  mark(viewer, markers);
  show(viewer, markers);
  addTools(container, viewer);
  container.dataset.drawn = "true";
}

async function xmlOf(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(String(response.status));
  }
  return response.text();
}

function fail(container, error) {
  const message = document.createElement("p");
  message.className = "diagram-failed";
  message.textContent = t("The diagram cannot be shown ({}).", error.message);
  container.replaceChildren(message);
}

function readMarkers(container) {
  const script = container.parentElement.querySelector("script[data-markers]");
  return { elements: {}, flows: [], ...(script ? JSON.parse(script.textContent) : {}) };
}

function mark(viewer, { elements, flows }) {
  const registry = viewer.get("elementRegistry");
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  for (const [id, { state, count, title }] of Object.entries(elements)) {
    if (registry.get(id)) {
      canvas.addMarker(id, `is-${state}`);
      if (title) {
        registry.getGraphics(id).prepend(tooltip(title));
      }
      if (count > 1 || (count && state === "incident")) {
        overlays.add(id, { position: { top: -10, right: 12 }, html: badge(state, count) });
      }
    }
  }
  for (const id of flows) {
    if (registry.get(id)) {
      canvas.addMarker(id, "is-taken");
    }
  }
}

function tooltip(words) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", "title");
  element.textContent = words;
  return element;
}

function badge(state, count) {
  const element = document.createElement("span");
  element.className = `diagram-count is-${state}`;
  element.textContent = count;
  return element;
}

/** The whole diagram; on a phone the current step in readable size. */
function show(viewer, { elements }) {
  const canvas = viewer.get("canvas");
  canvas.zoom("fit-viewport", "auto");
  if (canvas.zoom() > LARGEST) {
    canvas.zoom(LARGEST, "auto");
  }
  if (canvas.getSize().width < PHONE && canvas.zoom() < READABLE) {
    canvas.zoom(READABLE);
    centre(canvas, placeToSee(viewer, elements));
  }
}

/** The current step, else where the process begins. */
function placeToSee(viewer, elements) {
  const registry = viewer.get("elementRegistry");
  const current = Object.keys(elements).find((id) => elements[id].state !== "completed" && registry.get(id)?.width < LARGE);
  return registry.get(current) ?? registry.find(({ type }) => type === "bpmn:StartEvent") ?? canvasRoot(viewer);
}

function canvasRoot(viewer) {
  return { x: 0, y: 0, ...viewer.get("canvas").viewbox().inner };
}

function centre(canvas, { x, y, width, height }) {
  const box = canvas.viewbox();
  canvas.viewbox({ ...box, x: x + width / 2 - box.width / 2, y: y + height / 2 - box.height / 2 });
}

function addTools(container, viewer) {
  const tools = document.createElement("div");
  tools.className = "diagram-tools no-print";
  const canvas = viewer.get("canvas");
  tools.append(
    tool("zoom-in", t("Zoom in"), () => canvas.zoom(canvas.zoom() * 1.25)),
    tool("zoom-out", t("Zoom out"), () => canvas.zoom(canvas.zoom() / 1.25)),
    tool("maximize", t("Whole diagram"), () => canvas.zoom("fit-viewport", "auto")),
  );
  container.parentElement.append(tools);
}

function tool(name, label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "icon-button";
  button.setAttribute("aria-label", label);
  button.title = label;
  button.append(icon(name));
  button.addEventListener("click", act);
  return button;
}
