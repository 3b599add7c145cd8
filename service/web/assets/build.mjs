// Builds service/web/static from src/: `node build.mjs`. Each file of src/entries/ becomes one bundle; what they share goes into chunks.
//
// Written there, with a hash of the contents in each file name, so that a browser may keep them for ever:
//   manifest.json   {"app.js": "app-4KX2Q7PD.js", "app.css": "app-….css", "form.js": …, "icons.svg": "icons-….svg"}:
//                   logical name → file. Templates ask by logical name. Chunks that the entries share are not listed.
//   icons-….svg     one <symbol id="NAME"> for each name in src/icons.json: <svg><use href="…#NAME"/></svg>
//   *.gz, *.br      beside each text file, for a server that sends what it finds
// and service/forms/form_server.js: form-js's own validation for V8 inside Python (see src/form_server/main.js); and
// node_modules/.bundled.json: which packages are in all of these, for NOTICE and the bill of materials.
// When anything fails, what was built before stays.

import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { compressed } from "./build/compression.mjs";
import { sprite } from "./build/icons.mjs";
import { hashed, manifestOf, removeOthers } from "./build/outputs.mjs";
import { writePackages } from "./build/packages.mjs";
import { translatable } from "./build/translatable.mjs";
import { usedStyles } from "./build/used_styles.mjs";

const here = import.meta.dirname;
const outdir = path.join(here, "../static");
const formServer = path.join(here, "../../forms/form_server.js");

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2022",
  logLevel: "warning",
  metafile: true,
};

const server = await build({
  ...shared,
  entryPoints: ["src/form_server/main.js"],
  outfile: formServer,
  format: "iife",
  platform: "neutral",
  mainFields: ["module", "main"],
  legalComments: "eof",
  plugins: [translatable("i18n/form-js.zh.json")],
});

const namedIn = JSON.parse(await readFile(path.join(here, "build/named_in.json"), "utf8"));
const entries = await readdir(path.join(here, "src/entries"));
const { metafile } = await build({
  ...shared,
  entryPoints: entries.map((name) => `src/entries/${name}`),
  outdir,
  format: "esm",
  splitting: true,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "[name]-[hash]",
  legalComments: "linked",
  loader: { ".svg": "dataurl" },
  plugins: [
    translatable("i18n/form-js.zh.json", { reportUnused: true }),
    usedStyles(/@tabler[\\/]core[\\/].*\.css$/, { namedIn, ours: "src/styles/*.css" }),
  ],
});

const icons = await sprite(JSON.parse(await readFile(path.join(here, "src/icons.json"), "utf8")));
const manifest = { ...manifestOf(metafile, "src/entries"), "icons.svg": await hashed(outdir, "icons.svg", icons) };
await removeOthers(outdir, [...Object.keys(metafile.outputs), manifest["icons.svg"]]);
await compressed(outdir);
const packages = path.join(here, "node_modules/.bundled.json");
await writePackages(packages, here, [server.metafile, metafile], ["node_modules/@tabler/icons"]);
await writeFile(path.join(outdir, "manifest.json"), JSON.stringify(manifest, null, 2));
