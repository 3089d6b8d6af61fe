import path from "node:path";
import { build } from "esbuild";

/**
 * The command line as a few files instead of hundreds, one more for each command: most of a short command's time
 * would otherwise go into finding and opening modules.
 */
export async function bundleCommandLine(outFolder, options) {
  await build({
    absWorkingDir: outFolder,
    entryPoints: [path.join(outFolder, "src", "cli", "main.js")],
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
