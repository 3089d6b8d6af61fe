import { existsSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/**
 * Bundles every engine of the table into one self-contained file below `outFolder` (which stands for dist).
 * Says what is wrong with those that cannot be bundled and goes on with the others.
 * @returns {Promise<boolean>} whether all of them were bundled
 */
export async function bundleEngines(root, outFolder, engines) {
  const outcomes = await Promise.allSettled(engines.map((engine) => bundle(root, outFolder, engine)));
  for (const { reason } of outcomes)
    if (reason) console.error(`An engine was not bundled: ${reason.message}`);
  return outcomes.every(({ status }) => status === "fulfilled");
}

async function bundle(root, outFolder, { entry, outfile, options }) {
  if (!existsSync(path.join(root, entry)))
    throw new Error(`scripts/build.mjs lists ${entry}, which does not exist; correct its table.`);
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: path.join(outFolder, path.relative("dist", outfile)),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2023",
    external: ["*.node"],
    logLevel: "error",
    ...options,
  });
}
