// English names on English pages: a model keeps them beside the names it is drawn with, as liuzhuan:nameEn. Only what is drawn
// changes; the file stays as it is.
const NAMESPACE = "urn:liuzhuan:bpmn:1";
const LETTER = 7; // pixels of a letter, about
const LABEL = 90; // the widest label beside an element or a line
const isEnglish = document.documentElement.lang.startsWith("en");

/** Let the viewer draw the English name of everything that has one, if the page is English. */
export function drawEnglishNames(viewer) {
  if (isEnglish) {
    viewer.on("import.parse.complete", ({ definitions, elementsById }) => {
      const name = `${prefixOf(definitions)}:nameEn`;
      for (const element of Object.values(elementsById ?? {})) {
        rename(element, element.$attrs?.[name]);
      }
      for (const shape of shapesOf(definitions)) {
        widen(shape, shape.bpmnElement?.$attrs?.[name]);
      }
    });
  }
}

/** The file's own short name for our namespace. */
function prefixOf(definitions) {
  const declared = Object.entries(definitions?.$attrs ?? {}).find(([, value]) => value === NAMESPACE);
  return declared?.[0].replace("xmlns:", "") ?? "liuzhuan";
}

function shapesOf(definitions) {
  return (definitions?.diagrams ?? []).flatMap(({ plane }) => plane?.planeElement ?? []);
}

/** An annotation carries a text, everything else a name. */
function rename(element, english) {
  if (english) {
    element.set(element.$type === "bpmn:TextAnnotation" ? "text" : "name", english);
  }
}

/** English is wider than Chinese: labels grow to both sides, annotations to the right. */
function widen({ bounds, label, bpmnElement }, english) {
  if (!english) {
    return;
  }
  if (label?.bounds) {
    const wider = Math.max(0, Math.min(LABEL, english.length * LETTER) - label.bounds.width);
    label.bounds.x -= wider / 2;
    label.bounds.width += wider;
  }
  if (bpmnElement.$type === "bpmn:TextAnnotation") {
    bounds.width = Math.max(bounds.width, (english.length + 2) * LETTER);
  }
}
