import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

export const projectRoot = path.resolve(import.meta.dirname, "../..");

const TOOLS = [
  "scripts",
  "bin",
  ".ci",
  "tsconfig.json",
  "tsconfig.build.json",
  "package.json",
  "package-lock.json",
];

/** Makes a temporary project that has the real tools and only the given files, and deletes it after the test. */
export function scratchProject(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "frostline-project-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const tool of TOOLS)
    cpSync(path.join(projectRoot, tool), path.join(folder, tool), { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}

/** Gives a temporary project the packages of the real one. */
export function linkPackages(folder: string): void {
  symlinkSync(path.join(projectRoot, "node_modules"), path.join(folder, "node_modules"));
}
