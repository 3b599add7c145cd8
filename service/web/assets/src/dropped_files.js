// Files out of a drop, also those inside of dropped folders; each knows its path.
const paths = new WeakMap();

/** The path below the dropped folder's parent; the name alone for a file that was chosen. */
export function pathOf(file) {
  return paths.get(file) ?? (file.webkitRelativePath || file.name);
}

export async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  return entries.length ? (await Promise.all(entries.map(filesOf))).flat() : [...transfer.files];
}

async function filesOf(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    paths.set(file, entry.fullPath.replace(/^\//, ""));
    return [file];
  }
  return (await Promise.all((await entriesOf(entry.createReader())).map(filesOf))).flat();
}

/** A reader gives a folder's entries in portions, and an empty one at the end. */
async function entriesOf(reader) {
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) {
      return all;
    }
    all.push(...some);
  }
}
