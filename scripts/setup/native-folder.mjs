import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Where the native parts live: outside node_modules, which `npm ci` empties. */
export const nativeFolder = (root) => path.join(root, ".cache", "native");

/** Which native parts there are: isolated-vm by Node ABI, and TensorFlow or null. Paths are relative to the native folder. */
export function readManifest(root) {
  try {
    return JSON.parse(readFileSync(path.join(nativeFolder(root), "manifest.json"), "utf8"));
  } catch {
    return { isolatedVm: {}, tensorflow: null };
  }
}

/** Changes some entries of the manifest in one step, so that a reader never sees half of it. */
export function updateManifest(root, change) {
  const file = path.join(nativeFolder(root), "manifest.json");
  writeFileSync(`${file}.tmp`, `${JSON.stringify({ ...readManifest(root), ...change }, null, 2)}\n`);
  renameSync(`${file}.tmp`, file);
}

/** Gives `work` a fresh folder inside the native folder, and removes it afterwards, like those of set-ups that were killed. */
export async function withWorkFolder(root, work) {
  mkdirSync(nativeFolder(root), { recursive: true });
  for (const name of readdirSync(nativeFolder(root)))
    if (isAbandoned(name)) rmSync(path.join(nativeFolder(root), name), { recursive: true, force: true });
  const folder = path.join(nativeFolder(root), `work-${process.pid}`);
  mkdirSync(folder);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAbandoned(name) {
  const pid = /^work-(\d+)$/.exec(name)?.[1];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch {
    return true;
  }
}
