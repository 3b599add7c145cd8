// Of a library's styles, what the pages use: a selector stays when each class and each data attribute that it asks for is named in a
// template, a script or the code of a page. Selectors of elements all stay, for what other libraries draw. A test in Chromium holds
// every page against the whole of the library.

import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import postcss from "postcss";
import selectorParser from "postcss-selector-parser";

/** Where a file of each kind names classes and data attributes. */
const NAMING = { ".html": /\bclass="[^"]*"|\bdata-[\w-]+/g, ".js": /\bclass.*|\bdata-[\w-]+/g, ".py": /"[^"\n]*"/g };

/** Reduces the CSS files that `filter` fits. Where classes are named, and which styles are our own, are patterns of file names. */
export function usedStyles(filter, { namedIn, ours }) {
  return {
    name: "used-styles",
    setup(build) {
      const root = build.initialOptions.absWorkingDir;
      build.onLoad({ filter }, async ({ path: file }) => {
        const words = new Set((await read(root, namedIn)).flatMap(wordsOf));
        const own = (await read(root, ours)).map(({ text }) => text).join("\n");
        return { contents: reduced(await readFile(file, "utf8"), words, own), loader: "css" };
      });
    },
  };
}

async function read(root, patterns) {
  const files = await Array.fromAsync(glob(patterns, { cwd: root }));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(path.join(root, file), "utf8") })));
}

function wordsOf({ file, text }) {
  return (text.match(NAMING[path.extname(file)]) ?? []).flatMap((named) => named.match(/[\w-]+/g) ?? []);
}

function reduced(css, words, own) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    if (rule.parent.type !== "atrule" || !rule.parent.name.endsWith("keyframes")) {
      const kept = rule.selectors.filter((selector) => isUsed(selectorParser().astSync(selector), words));
      kept.length ? (rule.selectors = kept) : rule.remove();
    }
  });
  removeUnnamed(root, own);
  root.walkAtRules((rule) => {
    if (rule.nodes?.length === 0) {
      rule.remove();
    }
  });
  return root.toString();
}

/** Whether an element of our pages can fit: of :is(…) and the like one way is enough, and what :not(…) excludes need not be there. */
function isUsed(selector, words) {
  return selector.nodes.every((node) => {
    if (node.type === "class" || (node.type === "attribute" && node.attribute.startsWith("data-"))) {
      return words.has(node.type === "class" ? node.value : node.attribute);
    }
    if (node.type === "pseudo" && node.nodes.length > 0) {
      return node.value === ":not" || node.nodes.some((way) => isUsed(way, words));
    }
    return node.type !== "selector" || isUsed(node, words);
  });
}

/** Takes away custom properties and animations whose name nobody says any more; each may have been the last to name another one. */
function removeUnnamed(root, own) {
  for (let before = ""; before !== root.toString(); ) {
    before = root.toString();
    const named = new Set((before + own).match(/(?<=var\(\s*)--[\w-]+/g));
    root.walkDecls(/^--/, (declaration) => {
      if (!named.has(declaration.prop)) {
        const rule = declaration.parent;
        declaration.remove();
        if (rule.nodes.length === 0) {
          rule.remove();
        }
      }
    });
  }
  const moves = new Set();
  root.walkDecls(/animation/, ({ value }) => value.match(/[\w-]+/g)?.forEach((word) => moves.add(word)));
  root.walkAtRules(/keyframes$/, (rule) => moves.has(rule.params) || rule.remove());
}
