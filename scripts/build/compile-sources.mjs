import { spawnSync } from "node:child_process";
import path from "node:path";

/**
 * Emits src and graders as JavaScript into `outFolder`. Type errors are printed and nevertheless emitted.
 * @returns {boolean} whether the types are right
 */
export function compileSources(root, outFolder) {
  const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [compiler, "-p", path.join(root, "tsconfig.build.json"), "--outDir", outFolder];
  const run = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (run.error) throw run.error;
  return run.status === 0;
}
