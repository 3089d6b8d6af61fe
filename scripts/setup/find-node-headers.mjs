import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { runCommand, runNpm } from "./run-command.mjs";

/**
 * Finds the C++ headers of the Node that runs: beside its program, else in the npm package that holds the same Node.
 * @returns {Promise<string | undefined>} the folder with include/node, or undefined: node-gyp downloads them from nodejs.org
 */
export async function findNodeHeaders(workFolder) {
  const prefix = path.dirname(path.dirname(process.execPath));
  if (hasHeaders(prefix)) return prefix;
  const folder = path.join(workFolder, "node-headers");
  mkdirSync(folder);
  await runNpm(["pack", `node-${process.platform}-${process.arch}@${process.versions.node}`], {
    cwd: folder,
  });
  const [archive] = readdirSync(folder);
  if (archive === undefined) return undefined;
  await runCommand("tar", ["-xzf", archive], { cwd: folder });
  return hasHeaders(path.join(folder, "package")) ? path.join(folder, "package") : undefined;
}

const hasHeaders = (folder) => existsSync(path.join(folder, "include", "node", "node.h"));
