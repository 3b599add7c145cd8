// English names on English pages: a model keeps them beside the names it is drawn with, as liuzhuan:nameEn. Only what is drawn
// changes; the file stays as it is.
const NAMESPACE = "urn:liuzhuan:bpmn:1";
const isEnglish = document.documentElement.lang.startsWith("en");

/** Let the viewer draw the English name of everything that has one, if the page is English. */
export function drawEnglishNames(viewer) {
  if (isEnglish) {
    viewer.on("import.parse.complete", ({ definitions, elementsById }) => {
      const prefix = prefixOf(definitions);
      for (const element of Object.values(elementsById ?? {})) {
        rename(element, element.$attrs?.[`${prefix}:nameEn`]);
      }
    });
  }
}

/** The file's own short name for our namespace. */
function prefixOf(definitions) {
  const declared = Object.entries(definitions?.$attrs ?? {}).find(([, value]) => value === NAMESPACE);
  return declared?.[0].replace("xmlns:", "") ?? "liuzhuan";
}

/** An annotation carries a text, everything else a name. */
function rename(element, english) {
  if (english) {
    element.set(element.$type === "bpmn:TextAnnotation" ? "text" : "name", english);
  }
}
