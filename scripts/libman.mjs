// Copies exactly what libman.json lists (provider "filesystem") into place, as `libman restore` would:
// afterwards wwwroot/lib holds those files and no others. Needs `npm ci` first.
import { cp, mkdir, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const libraryFolder = join(root, "wwwroot", "lib");
const manifest = JSON.parse(await readFile(join(root, "libman.json"), "utf8"));

/** Every file below a folder, relative to it. */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => relative(folder, join(e.parentPath ?? e.path, e.name)));
}

/** Refuses a path that would leave the given folder: a slip in the manifest must not write elsewhere. */
function inside(folder, path) {
  const full = resolve(folder, path);
  if (full !== folder && !full.startsWith(folder + sep)) throw new Error(`libman.json: "${path}" leaves ${folder}`);
  return full;
}

// Built beside the real folder and swapped in, so that a stopped run never leaves half a library.
const fresh = `${libraryFolder}.new-${process.pid}`;
let copied = 0;
try {
  for (const { library, provider = manifest.defaultProvider, destination, files } of manifest.libraries) {
    if (provider !== "filesystem") throw new Error(`libman.json: provider "${provider}" of ${library} is not supported here`);
    const source = inside(root, library);
    await stat(source).catch(() => {
      throw new Error(`${library} is missing: run "npm ci" first`);
    });
    const target = join(fresh, relative(libraryFolder, inside(libraryFolder, join(root, destination))));
    for (const file of files ?? (await filesBelow(source))) {
      const to = inside(target, file);
      await mkdir(dirname(to), { recursive: true });
      await cp(inside(source, file), to);
      copied += 1;
    }
  }
  await rm(libraryFolder, { recursive: true, force: true });
  await rename(fresh, libraryFolder);
} finally {
  await rm(fresh, { recursive: true, force: true });
}
console.log(`${copied} files in wwwroot/lib`);
