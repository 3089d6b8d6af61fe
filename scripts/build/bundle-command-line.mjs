import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** The command line, and the program of its threads. */
const PROGRAMS = { main: "cli/main.js", "judge-thread": "harness/judge-thread.js" };

/** Most commands validate by what was compiled ahead of time: ajv is evaluated only when it is first needed. */
const lateAjv = {
  name: "late-ajv",
  setup(bundle) {
    bundle.onLoad({ filter: /contract[/\\]parse\.js$/ }, ({ path: file }) => {
      const source = readFileSync(file, "utf8");
      const contents = source
        .replace('import { Ajv } from "ajv";', "")
        .replace("new Ajv(", 'new (require("ajv").Ajv)(');
      if (/\bimport\b[^;]*\bAjv\b/.test(contents) || !contents.includes('require("ajv")'))
        throw new Error(`${file} has changed: it no longer uses ajv in one place.`);
      return { contents };
    });
  },
};

/**
 * The command line as a few files instead of hundreds, one more for each command: most of a short command's time
 * would otherwise go into finding and opening modules. Sources without a command line get none.
 */
export async function bundleCommandLine(outFolder, options) {
  const source = path.join(outFolder, "src");
  if (!existsSync(path.join(source, PROGRAMS.main))) return;
  const found = Object.entries(PROGRAMS).filter(([, file]) => existsSync(path.join(source, file)));
  await build({
    absWorkingDir: outFolder,
    entryPoints: Object.fromEntries(found.map(([name, file]) => [name, path.join(source, file)])),
    outdir: path.join(outFolder, "cli"),
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "es2023",
    // Less text is read and scanned sooner; names stay, for the traces of our own bugs.
    minifyWhitespace: true,
    legalComments: "none",
    logLevel: "error",
    plugins: [lateAjv],
    ...options,
  });
}
