import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.dirname(path.dirname(import.meta.dirname));
const guest = path.join(root, "src", "kinds", "tfjs", "engine", "guest");

/** Node modules that TensorFlow.js asks for, and what answers inside the isolate. */
const STAND_INS = new Map([
  ["@tensorflow/tfjs", path.join(guest, "tf-union.ts")],
  ["fs", path.join(guest, "facades", "fs.ts")],
  ["path", path.join(guest, "facades", "path.ts")],
  ["util", path.join(guest, "facades", "util.ts")],
]);
const EMPTY = /^(?:node-fetch|crypto|string_decoder|worker_threads|url|buffer|os)$|api_pb$|google-protobuf/;

const standIns = {
  name: "stand-ins",
  setup(build) {
    build.onResolve({ filter: /^[^.]/ }, ({ path: name }) => {
      const file = STAND_INS.get(name);
      return file === undefined ? undefined : { path: file };
    });
    build.onResolve({ filter: EMPTY }, ({ path: name }) => ({ path: name, namespace: "empty" }));
    // The data package asks whether things are string decoders; nothing is.
    const contents = "exports.StringDecoder = class StringDecoder {};";
    build.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents }));
  },
};

const REQUIRE = /^var (\w+) = require\("(@tensorflow\/tfjs(?:-core)?|util|fs|path)"\);$/gm;
const SUPER_CALL = "_super.call(this) || this";

/**
 * tfjs-node by import: what is required stays an object with hundreds of getters, through which V8 would search for
 * every function that a kernel calls. Its backend, compiled for ES5, cannot extend the ES2017 class of tfjs-core as it stands.
 */
const tfjsNode = {
  name: "tfjs-node",
  setup(build) {
    build.onLoad({ filter: /tfjs-node\/dist\/.*\.js$/ }, ({ path: file }) => {
      const source = readFileSync(file, "utf8");
      const contents = source.replace(REQUIRE, 'import * as $1 from "$2";');
      if (!file.endsWith("nodejs_kernel_backend.js")) return { contents };
      if (!contents.includes(SUPER_CALL))
        throw new Error(`${file} has changed: "${SUPER_CALL}" is not there.`);
      return { contents: contents.replace(SUPER_CALL, "Reflect.construct(_super, [], NodeJSKernelBackend)") };
    });
  },
};

/**
 * How the part that runs in the isolate is bundled: one script whose value is the exported function `start`.
 * @type {import("esbuild").BuildOptions}
 */
export const ISOLATE_BUNDLE = {
  platform: "neutral",
  format: "iife",
  globalName: "frostline",
  banner: { js: "(() => {" },
  footer: { js: "return frostline.start;\n})()" },
  mainFields: ["module", "main"],
  // Identifiers stay, for names of classes are reported; esbuild's keepNames would slow down every closure.
  minifyWhitespace: true,
  minifySyntax: true,
  ignoreAnnotations: true,
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [standIns, tfjsNode],
};
