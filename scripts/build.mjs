// Compiles src and graders into dist, and bundles the command line into dist/cli, the programs that run inside a jail
// into dist/engine, and the judge for browsers into dist/what-if.js.
// Does nothing when the sources are those that dist was made from.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundleCommandLine } from "./build/bundle-command-line.mjs";
import { bundleEngines } from "./build/bundle-engines.mjs";
import { bundleWhatIf } from "./build/bundle-what-if.mjs";
import { compileSources } from "./build/compile-sources.mjs";
import { compileValidators } from "./build/compile-validators.mjs";
import { copyAssets } from "./build/copy-assets.mjs";
import { fingerprintSources } from "./build/fingerprint-sources.mjs";
import { ISOLATE_BUNDLE } from "./build/isolate-bundle.mjs";
import { takeBuildLock } from "./build/take-build-lock.mjs";
import { updateFolder } from "./build/update-folder.mjs";

/** Packages in CommonJS rely on names that an ES module has to make for itself. */
const COMMON_JS_INSIDE = {
  banner: {
    js: [
      'import { createRequire as makeRequire } from "node:module";',
      "const require = makeRequire(import.meta.url);",
      "const __dirname = import.meta.dirname;",
    ].join("\n"),
  },
};

/** The WebAssembly that the portable backend loads from beside the bundle. */
function wasmFile(name) {
  const entry = `node_modules/@tensorflow/tfjs-backend-wasm/dist/${name}`;
  return { entry, outfile: `dist/engine/${name}`, options: { loader: { ".wasm": "copy" } } };
}

/**
 * The programs that run inside a jail, each one self-contained file.
 * entry: a source file; outfile: where it goes; options: further esbuild options (`platform: "neutral"` for an isolate).
 * @type {{ entry: string, outfile: string, options?: import("esbuild").BuildOptions }[]}
 */
const ENGINES = [
  {
    entry: "src/models/engine/read-model.ts",
    outfile: "dist/engine/read-model.mjs",
    options: COMMON_JS_INSIDE,
  },
  {
    entry: "src/models/engine/predict.ts",
    outfile: "dist/engine/predict.mjs",
    // The layers are our own functions, so the core without TensorFlow.js's own layers is enough, and loads faster.
    options: { ...COMMON_JS_INSIDE, alias: { "@tensorflow/tfjs": "@tensorflow/tfjs-core" } },
  },
  {
    entry: "src/models/engine/picture-prints.ts",
    outfile: "dist/engine/picture-prints.mjs",
    options: COMMON_JS_INSIDE,
  },
  { entry: "src/kinds/tfjs/engine/main.ts", outfile: "dist/engine/tfjs-run.mjs", options: COMMON_JS_INSIDE },
  {
    entry: "src/kinds/tfjs/engine/main-on-wasm.ts",
    outfile: "dist/engine/tfjs-run-wasm.mjs",
    options: COMMON_JS_INSIDE,
  },
  {
    entry: "src/kinds/tfjs/engine/guest/main.ts",
    outfile: "dist/engine/tfjs-isolate.js",
    options: ISOLATE_BUNDLE,
  },
  wasmFile("tfjs-backend-wasm.wasm"),
  wasmFile("tfjs-backend-wasm-simd.wasm"),
];

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, "dist");
const stampFile = path.join(dist, "sources.sha256");
const force = process.argv.includes("--force");

const releaseLock = await takeBuildLock(path.join(root, ".cache", "build.lock"));
try {
  const fingerprint = fingerprintSources(root);
  const previous = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
  if (force || fingerprint !== previous) await build(fingerprint);
} finally {
  releaseLock();
}

/** Builds beside dist and then replaces only the files that differ, because other processes may be running from it. */
async function build(fingerprint) {
  const started = performance.now();
  const fresh = path.join(root, ".cache", `build-${process.pid}`);
  try {
    const compiled = compileSources(root, fresh);
    copyAssets(root, fresh);
    await compileValidators(fresh);
    await bundleCommandLine(fresh, COMMON_JS_INSIDE);
    await bundleWhatIf(fresh);
    const bundled = await bundleEngines(root, fresh, ENGINES);
    rmSync(stampFile, { force: true });
    updateFolder(fresh, dist);
    if (compiled && bundled) writeFileSync(stampFile, fingerprint);
    else process.exitCode = 1;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const outcome = process.exitCode === 1 ? "built as far as the errors above allow" : "built";
  console.log(`dist is ${outcome} (${seconds} s, ${ENGINES.length} engine bundles).`);
}
