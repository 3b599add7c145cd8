// Pages with a diagram: every <div data-diagram data-xml-url="…"> with its sibling <script type="application/json" data-markers>:
// {"elementId": {"state": "active" | "completed" | "incident", "count": 2}}
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

for (const container of document.querySelectorAll("[data-diagram]")) {
  mount(container);
}

async function mount(container) {
  const viewer = new NavigatedViewer({ container });
  container.viewer = viewer;
  await viewer.importXML(await (await fetch(container.dataset.xmlUrl)).text());
  viewer.get("canvas").zoom("fit-viewport", "auto");
  mark(viewer, markers(container));
}

function markers(container) {
  const script = container.parentElement.querySelector("script[data-markers]");
  return script ? JSON.parse(script.textContent) : {};
}

function mark(viewer, markers) {
  const canvas = viewer.get("canvas");
  const overlays = viewer.get("overlays");
  for (const [element, { state, count }] of Object.entries(markers)) {
    canvas.addMarker(element, `is-${state}`);
    if (count) {
      const badge = document.createElement("span");
      badge.className = `badge diagram-count is-${state}`;
      badge.textContent = count;
      overlays.add(element, { position: { top: -10, right: 10 }, html: badge });
    }
  }
}
