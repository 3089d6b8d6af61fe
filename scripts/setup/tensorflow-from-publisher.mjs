import { cpSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { runCommand } from "./run-command.mjs";

const PROBE_MS = 10_000;

/** Where tfjs-node's own installer looks: its package says so, and its variable names a mirror for closed networks. */
function storageAddress(packageFolder) {
  const { binary } = JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8"));
  return process.env.TFJS_NODE_CDN_STORAGE ?? new URL(binary.host).origin;
}

/**
 * Runs tfjs-node's own installer (libraries and a ready addon from its publisher) on a copy of the package, into `target`.
 * @returns {Promise<{ addon: string } | { why: string, output?: string }>} the addon's path inside target, or why there is none
 */
export async function tensorflowFromPublisher(root, workFolder, target, say) {
  const packages = path.join(root, "node_modules");
  const original = path.join(packages, "@tensorflow", "tfjs-node");
  if (!(await isReachable(storageAddress(original))))
    return { why: "its publisher's storage cannot be reached" };
  say("downloading tfjs-node's own TensorFlow from its publisher");
  const copy = path.join(workFolder, "tfjs-node");
  cpSync(original, copy, { recursive: true });
  const searchPath = [path.dirname(process.execPath), path.join(packages, ".bin"), process.env.PATH];
  const run = await runCommand(process.execPath, ["scripts/install.js"], {
    cwd: copy,
    env: { PATH: searchPath.join(path.delimiter) },
  });
  const addon = path.join("lib", "napi-v8", "tfjs_binding.node");
  if (!run.ok || !existsSync(path.join(copy, addon)))
    return { why: "tfjs-node's own installer failed", output: run.output };
  // The addon looks for its libraries in ../../deps/lib.
  mkdirSync(path.join(target, "deps"), { recursive: true });
  renameSync(path.join(copy, "lib"), path.join(target, "lib"));
  renameSync(path.join(copy, "deps", "lib"), path.join(target, "deps", "lib"));
  return { addon };
}

async function isReachable(url) {
  try {
    await fetch(url, { method: "HEAD", signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}
