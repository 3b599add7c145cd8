import { readFile } from "node:fs/promises";
import path from "node:path";

const FORM_JS = /form-js-viewer[\\/]dist[\\/]index\.es\.js$/;

/**
 * form-js speaks English only. Wrap each text that the dictionary names, wherever form-js writes it as a literal, in a call of
 * src/translate.js; `{}` in the dictionary stands for one ${…} of a template. Entries that match nothing are reported
 * once, so that an upgrade which rewords a text is seen.
 */
export function translatable(dictionaryFile, { reportUnused = false } = {}) {
  return {
    name: "translatable",
    setup(build) {
      const root = build.initialOptions.absWorkingDir;
      build.onLoad({ filter: FORM_JS }, async ({ path: file }) => {
        const dictionary = JSON.parse(await readFile(path.join(root, dictionaryFile), "utf8"));
        let contents = await readFile(file, "utf8");
        const warnings = [];
        for (const text of Object.keys(dictionary)) {
          const before = contents;
          contents = contents.replaceAll(literal(text), (_, ...found) => call(text, found));
          if (contents === before && reportUnused) {
            warnings.push({ text: `${dictionaryFile}: form-js no longer says "${text}"` });
          }
        }
        const translate = JSON.stringify(path.join(root, "src/translate.js"));
        return { contents: `import { translate as __translate } from ${translate};\n${contents}`, warnings };
      });
    },
  };
}

/** The text as a quoted literal, or as a template literal with a group for each `{}`. */
function literal(text) {
  const parts = text.split("{}").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return parts.length === 1
    ? new RegExp(`(?<quote>['"])${parts[0].replaceAll("'", "\\\\?'")}\\k<quote>`, "g")
    : new RegExp(`\`${parts.join("\\$\\{([^{}]*)\\}")}\``, "g");
}

function call(text, found) {
  const inserted = text.split("{}").length - 1;
  return `__translate(${[JSON.stringify(text), ...found.slice(0, inserted)].join(", ")})`;
}
