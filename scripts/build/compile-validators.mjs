import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { transform } from "esbuild";

/**
 * Compiles the schemas that every start needs ahead of time and puts the result in the place of the empty
 * `validators.js`: compiling the schema of evidence takes longer than judging a class. They only say yes or no, for
 * code that explains is three times as long and half as fast. Without such a list there is nothing to do.
 */
export async function compileValidators(outFolder) {
  const contract = path.join(outFolder, "src", "contract");
  if (!existsSync(path.join(contract, "ahead-of-time.js"))) return;
  const { AHEAD_OF_TIME } = await import(pathToFileURL(path.join(contract, "ahead-of-time.js")).href);
  const ajv = new Ajv({ strict: false, validateSchema: false, code: { source: true, esm: true } });
  // Below `not` ajv makes no errors.
  for (const [name, schema] of Object.entries(AHEAD_OF_TIME)) ajv.addSchema({ not: { not: schema } }, name);
  const names = Object.fromEntries(Object.keys(AHEAD_OF_TIME).map((name) => [name, name]));
  const code = standalone.default(ajv, names);
  // What ajv emits still asks for its runtime the CommonJS way.
  const runtime = [...new Set(code.match(/require\("ajv\/dist\/runtime\/[a-z0-9]+"\)/g) ?? [])];
  const imports = runtime.map((call, index) => `import runtime${index} from ${call.slice(8, -2)}.js";`);
  const linked = runtime.reduce((text, call, index) => text.replaceAll(call, `runtime${index}`), code);
  const list = `export const VALIDATORS = { ${Object.keys(names).join(", ")} };`;
  const plain = `${imports.join("\n")}\n${linked.replace(/^"use strict";/, "")}\n${list}`;
  const { code: small } = await transform(plain, { minify: true, format: "esm" });
  writeFileSync(path.join(contract, "validators.js"), small);
}
