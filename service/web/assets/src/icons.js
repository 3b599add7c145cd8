// The sprite's icons for elements made by scripts; the address of the sprite comes from any icon of the page.
const sprite = document.querySelector("svg.icon use")?.getAttribute("href")?.split("#")[0] ?? "";
const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}
