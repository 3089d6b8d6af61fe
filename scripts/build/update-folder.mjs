import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

/** Makes `target` hold exactly the files of `source`, touching only those that differ and replacing each in one step. */
export function updateFolder(source, target) {
  const wanted = new Set(filesUnder(source));
  for (const file of wanted) replaceFile(path.join(source, file), path.join(target, file));
  for (const file of filesUnder(target)) if (!wanted.has(file)) rmSync(path.join(target, file));
}

function replaceFile(source, target) {
  if (existsSync(target) && readFileSync(target).equals(readFileSync(source))) return;
  mkdirSync(path.dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  copyFileSync(source, temporary);
  renameSync(temporary, target);
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
