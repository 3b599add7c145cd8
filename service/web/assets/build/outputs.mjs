import { createHash } from "node:crypto";
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** esbuild's metafile → {"app.js": "app-4KX2Q7PD.js"} for the entry files below `folder`. */
export function manifestOf(metafile, folder) {
  const manifest = {};
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint?.startsWith(`${folder}/`)) {
      manifest[path.basename(entryPoint)] = path.basename(output);
    }
  }
  return manifest;
}

/** Write `text` as name-HASH.ext; the name it got. */
export async function hashed(folder, name, text) {
  const { name: stem, ext } = path.parse(name);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase();
  const file = `${stem}-${hash}${ext}`;
  await writeFile(path.join(folder, file), text);
  return file;
}

/** Remove from the folder what is not among the files just written: the bundles of earlier builds. */
export async function removeOthers(folder, written) {
  const kept = new Set(written.map((file) => path.basename(file)));
  const others = (await readdir(folder)).filter((name) => !kept.has(name));
  await Promise.all(others.map((name) => rm(path.join(folder, name))));
}
