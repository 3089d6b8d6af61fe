import { linkSync, readdirSync, readFileSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { nativeFolder, readManifest } from "./native-folder.mjs";

/** Links libraries that the JavaScript side has too, so that 850 MB are on the disk and in memory once. */
export function shareLibraries(root, environment) {
  const known = readManifest(root).tensorflow;
  if (!known) return;
  const others = path.join(nativeFolder(root), known.folder);
  const lib = path.join(environment, "lib");
  const [python] = readdirSync(lib);
  const own = path.join(lib, python ?? "", "site-packages", "tensorflow");
  for (const name of readdirSync(others).filter((file) => file.includes(".so."))) {
    const [kept, replaced] = [path.join(others, name), path.join(own, name)];
    if (!sameContent(kept, replaced)) continue;
    linkSync(kept, `${replaced}.shared`);
    renameSync(`${replaced}.shared`, replaced);
  }
}

function sameContent(first, second) {
  const [a, b] = [first, second].map((file) => statSync(file, { throwIfNoEntry: false }));
  return a && b && a.size === b.size && readFileSync(first).equals(readFileSync(second));
}
