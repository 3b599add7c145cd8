import { readFile } from "node:fs/promises";
import path from "node:path";

const OUTLINE = path.join(import.meta.dirname, "../node_modules/@tabler/icons/icons/outline");

/** One SVG with a <symbol> for each named Tabler icon: 40 icons are 14 kB, all of them 3 MB. */
export async function sprite(names) {
  const symbols = await Promise.all(names.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

async function symbol(name) {
  const svg = await readFile(path.join(OUTLINE, `${name}.svg`), "utf8").catch(() => {
    throw new Error(`src/icons.json names the icon "${name}", which @tabler/icons does not have. Look it up on tabler.io/icons.`);
  });
  const content = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const shapes = content.replaceAll(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/g, "").replaceAll(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
}
