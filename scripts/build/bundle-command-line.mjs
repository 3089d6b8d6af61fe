import { existsSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/**
 * The command line as a few files instead of hundreds, one more for each command: most of a short command's time
 * would otherwise go into finding and opening modules. Sources without a command line get none.
 */
export async function bundleCommandLine(outFolder, options) {
  const entry = path.join(outFolder, "src", "cli", "main.js");
  if (!existsSync(entry)) return;
  await build({
    absWorkingDir: outFolder,
    entryPoints: [entry],
    outdir: path.join(outFolder, "cli"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "es2023",
    logLevel: "error",
    ...options,
  });
}
