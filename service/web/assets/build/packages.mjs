import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * The packages of which something is in the outputs of esbuild's metafiles, and `others`, by name:
 * [{"name": "bpmn-js", "version": "18.31.1", "folder": "node_modules/bpmn-js"}].
 */
export async function writePackages(file, root, metafiles, others) {
  const outputs = metafiles.flatMap(({ outputs }) => Object.values(outputs));
  const used = outputs.flatMap(({ inputs }) => Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0));
  const folders = new Set([...used.map(([input]) => folderOf(input)).filter(Boolean), ...others]);
  const packages = await Promise.all([...folders].sort().map((folder) => described(root, folder)));
  await writeFile(file, JSON.stringify(packages, null, 2));
}

/** node_modules/@bpmn-io/feelin of …/node_modules/@bpmn-io/feelin/dist/index.js; of a file of ours, nothing. */
function folderOf(input) {
  return input.match(/node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/)?.[0];
}

async function described(root, folder) {
  const { name, version } = JSON.parse(await readFile(path.join(root, folder, "package.json"), "utf8"));
  return { name, version, folder };
}
