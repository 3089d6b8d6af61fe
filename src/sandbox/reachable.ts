import { statSync } from "node:fs";
import path from "node:path";

const OTHERS_MAY_READ = 0o004;
const OTHERS_MAY_ENTER = 0o001;

/** Whether a user who owns nothing can read this real path: every folder above it can be entered, itself can be read. */
export function isReachable(realPath: string): boolean {
  const found = statSync(realPath, { throwIfNoEntry: false });
  if (!found) return false;
  const needed = found.isDirectory() ? OTHERS_MAY_READ | OTHERS_MAY_ENTER : OTHERS_MAY_READ;
  return (found.mode & needed) === needed && canBeEntered(path.dirname(realPath));
}

function canBeEntered(folder: string): boolean {
  const open = (statSync(folder).mode & OTHERS_MAY_ENTER) !== 0;
  const parent = path.dirname(folder);
  return open && (parent === folder || canBeEntered(parent));
}
