import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { runNpm } from "./run-command.mjs";
import { SetupFault } from "./setup-fault.mjs";
import { usesGlibc } from "./uses-glibc.mjs";

/** Installs the locked packages with `npm ci`, without their install scripts, unless node_modules already holds them all. */
export async function installPackages(root, say) {
  const different = firstDifference(root);
  if (different === undefined) return say("already installed");
  say(`installing, because ${different}`);
  const run = await runNpm(["ci", "--ignore-scripts"], { cwd: root });
  if (!run.ok) throw installFault(run.output);
  const remaining = firstDifference(root);
  if (remaining !== undefined)
    throw new SetupFault(
      `npm ci ended well, but ${remaining}`,
      "Delete node_modules, then run `npm run setup` again.",
      run.output,
    );
  say("installed");
}

/** npm writes node_modules/.package-lock.json when it has finished, so an installation that was interrupted has none. */
function firstDifference(root) {
  const wanted = readLock(path.join(root, "package-lock.json"));
  const installed = readLock(path.join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined) return "package-lock.json is missing or damaged";
  if (installed === undefined) return "node_modules is missing or incomplete";
  for (const [folder, entry] of Object.entries(wanted)) {
    if (folder === "" || (entry.optional && !isForThisPlatform(entry))) continue;
    const isThere = existsSync(path.join(root, folder, "package.json"));
    if (!isThere || installed[folder]?.version !== entry.version)
      return `${folder} is not at version ${entry.version}`;
  }
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** An optional package that names this very platform holds a program that is needed here, such as the compiler. */
function isForThisPlatform({ os, cpu, libc }) {
  if (!os?.includes(process.platform) || !cpu?.includes(process.arch)) return false;
  return libc === undefined || libc.includes(usesGlibc() ? "glibc" : "musl");
}

function installFault(output) {
  if (/ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ERR_SOCKET/.test(output))
    return new SetupFault(
      "npm could not reach its package registry",
      "Check the network (or `npm config get registry`), then run `npm run setup` again.",
      output,
    );
  if (/ENOSPC/.test(output))
    return new SetupFault("the disk is full", "Free about 3 GB, then run `npm run setup` again.", output);
  return new SetupFault(
    "npm ci failed",
    "Correct what npm names below, then run `npm run setup` again.",
    output,
  );
}
