import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { transform } from "esbuild";
import { shareSchemas } from "./share-schemas.mjs";

/**
 * Compiles the schemas that nearly every command needs ahead of time and puts the results in the place of the empty
 * `validators.js` and `fillers.js`: compiling them takes longer than judging a class. They only say yes or no; what
 * does not fit is explained by ajv. Without a list of schemas there is nothing to do.
 */
export async function compileValidators(outFolder) {
  const contract = path.join(outFolder, "src", "contract");
  if (!existsSync(path.join(contract, "ahead-of-time.js"))) return;
  const { AHEAD_OF_TIME } = await load(path.join(contract, "ahead-of-time.js"));
  // Code that explains is three times as long and half as fast, and below `not` ajv makes none.
  const silent = ([name, schema]) => [name, { not: { not: schema } }];
  const { schemas, shared } = shareSchemas(Object.entries(AHEAD_OF_TIME));
  const validators = await compileList("VALIDATORS", schemas.map(silent), {}, shared.map(silent));
  writeFileSync(path.join(contract, "validators.js"), validators);
  const graders = path.join(outFolder, "graders", "index.js");
  if (!existsSync(graders)) return;
  const { GRADERS } = await load(graders);
  const options = new Map(GRADERS.map((grader) => [JSON.stringify(grader.options), grader.options]));
  // Below `not` ajv fills in no defaults either.
  const fillers = await compileList("FILLERS", [...options], { useDefaults: true, messages: false });
  writeFileSync(path.join(contract, "fillers.js"), fillers);
}

const load = (file) => import(pathToFileURL(file).href);

/** Source of a module that exports the compiled schemas by their keys; `shared` are what they refer to. */
async function compileList(list, schemas, settings, shared = []) {
  const ajv = new Ajv({
    ...settings,
    schemas: Object.fromEntries(shared),
    inlineRefs: false,
    strict: false,
    validateSchema: false,
    code: { source: true, esm: true },
  });
  const names = schemas.map(([_, schema], index) => {
    ajv.addSchema(schema, `fits${index}`);
    return `fits${index}`;
  });
  const code = standalone.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
  // What ajv emits still asks for its runtime the CommonJS way.
  const runtime = [...new Set(code.match(/require\("ajv\/dist\/runtime\/[a-z0-9]+"\)/g) ?? [])];
  const imports = runtime.map((call, index) => `import runtime${index} from ${call.slice(8, -2)}.js";`);
  const linked = runtime.reduce((text, call, index) => text.replaceAll(call, `runtime${index}`), code);
  const entries = schemas.map(([key], index) => `${JSON.stringify(key)}: ${names[index]}`);
  const plain = `${imports.join("\n")}\n${linked.replace(/^"use strict";/, "")}\nexport const ${list} = { ${entries.join(", ")} };`;
  const { code: small } = await transform(plain, { minify: true, format: "esm" });
  return small;
}
