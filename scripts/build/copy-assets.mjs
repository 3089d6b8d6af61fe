import { cpSync, existsSync } from "node:fs";
import path from "node:path";

/** Copies what the code reads beside itself (templates, styles, JSON, Python) to where the emitted JavaScript will look. */
export function copyAssets(root, outFolder) {
  const bundled = path.join(root, "src", "store", "bundled");
  for (const room of ["src", "graders"]) {
    const from = path.join(root, room);
    if (!existsSync(from)) continue;
    const filter = (file) => file !== bundled && !/\.(ts|md|pyc)$|__pycache__/.test(file);
    cpSync(from, path.join(outFolder, room), { recursive: true, filter });
  }
}
