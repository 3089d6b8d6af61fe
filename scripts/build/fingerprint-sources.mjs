import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";

/** Everything that decides what dist holds. */
const INPUTS = [
  "src",
  "graders",
  "scripts/build",
  "scripts/build.mjs",
  "tsconfig.json",
  "tsconfig.build.json",
];

/** Bundled data is read from the project root, so a change in it asks for no build. */
const LEFT_OUT = path.join("src", "store", "bundled");

/** A hash over path, size and time of every build input: reading a few hundred files' bytes would be slower than needed. */
export function fingerprintSources(root) {
  const hash = createHash("sha256");
  for (const file of INPUTS.flatMap((input) => filesUnder(root, input)).sort()) {
    const { size, mtimeMs } = statSync(path.join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function filesUnder(root, relative) {
  if (relative === LEFT_OUT) return [];
  const stats = statSync(path.join(root, relative), { throwIfNoEntry: false });
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [relative];
  return readdirSync(path.join(root, relative)).flatMap((name) =>
    filesUnder(root, path.join(relative, name)),
  );
}
