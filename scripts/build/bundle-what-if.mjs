import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

/**
 * The judge with all graders as one script for browsers, `what-if.js`; it defines `frostline.judge(evidence, rubric)`.
 * Pages forbid code made from text, which is how ajv works, so its place is taken by validators of the graders'
 * options that are compiled here. Sources without such a judge get none.
 */
export async function bundleWhatIf(outFolder) {
  const entry = path.join(outFolder, "src", "harness", "what-if.js");
  if (!existsSync(entry)) return;
  const graders = path.join(outFolder, "graders", "index.js");
  const { GRADERS } = await import(pathToFileURL(graders).href);
  await build({
    absWorkingDir: outFolder,
    entryPoints: [entry],
    outfile: path.join(outFolder, "what-if.js"),
    bundle: true,
    format: "iife",
    globalName: "frostline",
    platform: "browser",
    target: "es2022",
    minify: true,
    // Errors and graders are told apart by name.
    keepNames: true,
    legalComments: "none",
    logLevel: "error",
    plugins: [withoutAjv(compileOptions(GRADERS))],
  });
}

/** A module in the place of ajv that knows the validators of the graders' options, by the text of their schemas. */
function compileOptions(graders) {
  const ajv = new Ajv({
    strict: false,
    verbose: true,
    validateSchema: false,
    useDefaults: true,
    code: { source: true },
  });
  const names = new Map(graders.map(({ options }, index) => [JSON.stringify(options), `options${index}`]));
  for (const [schema, name] of names) ajv.addSchema(JSON.parse(schema), name);
  const code = standalone.default(ajv, Object.fromEntries([...names.values()].map((name) => [name, name])));
  const list = [...names].map(([schema, name]) => `[${JSON.stringify(schema)}, exports.${name}]`);
  return `${code}
const known = new Map([${list.join(",\n")}]);
exports.Ajv = class {
  compile(schema) {
    const validate = known.get(JSON.stringify(schema));
    if (!validate) throw new Error("Only options of graders can be checked in a browser.");
    return validate;
  }
};`;
}

function withoutAjv(contents) {
  return {
    name: "without-ajv",
    setup(bundle) {
      bundle.onResolve({ filter: /^ajv$/ }, () => ({ path: "ajv", namespace: "compiled" }));
      bundle.onLoad({ filter: /.*/, namespace: "compiled" }, () => ({
        contents,
        resolveDir: import.meta.dirname,
      }));
      // The shapes of files are not asked for here.
      bundle.onLoad({ filter: /contract[/\\]validators\.js$/ }, () => ({
        contents: "export const VALIDATORS = {};",
      }));
      // The options' own validators are those above, which also say why.
      bundle.onLoad({ filter: /contract[/\\]fillers\.js$/ }, () => ({
        contents: "export const FILLERS = {};",
      }));
    },
  };
}
