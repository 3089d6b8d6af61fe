import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's own folder: the nearest one above this file that holds Frostline's `rubrics` and `package.json`. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!(existsSync(join(folder, "package.json")) && existsSync(join(folder, "rubrics")))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("Frostline's own folder was not found above its program files.");
    folder = parent;
  }
  return folder;
}
