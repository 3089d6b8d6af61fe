import { existsSync } from "node:fs";
import path from "node:path";

/** The folder of the package this file belongs to, wherever it was compiled to. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, "package.json")) && folder !== path.dirname(folder))
    folder = path.dirname(folder);
  return folder;
}
