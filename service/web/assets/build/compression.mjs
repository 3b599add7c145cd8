import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TEXTS = new Set([".css", ".js", ".svg"]);
const SMALL = 1024; // bytes; below, compression saves no packet

/** Write FILE.gz and FILE.br beside each text file of the folder. */
export async function compressed(folder) {
  const files = (await readdir(folder)).filter((name) => TEXTS.has(path.extname(name)));
  await Promise.all(files.map((name) => compress(path.join(folder, name))));
}

async function compress(file) {
  const contents = await readFile(file);
  if (contents.length < SMALL) {
    return;
  }
  const [zipped, brotli] = await Promise.all([
    promisify(gzip)(contents, { level: 9 }),
    promisify(brotliCompress)(contents, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length },
    }),
  ]);
  await Promise.all([writeFile(`${file}.gz`, zipped), writeFile(`${file}.br`, brotli)]);
}
