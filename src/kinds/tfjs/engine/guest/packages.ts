import { assert } from "./facades/assert.js";
import { Buffer } from "./facades/buffer.js";
import { EventEmitter, once } from "./facades/events.js";
import { fs, fsExtra, promises } from "./facades/fs.js";
import * as path from "./facades/path.js";
import * as util from "./facades/util.js";
import { GuestUrl } from "./globals/url.js";
import type { PackageSource } from "./modules.js";
import { namedError } from "./named-error.js";

/** All of them are the one TensorFlow.js of this run. */
const TENSORFLOW =
  /^@tensorflow\/tfjs(?:-node|-node-gpu|-core|-layers|-data|-converter|-backend-cpu|-backend-wasm|-backend-webgl)?(?:\/dist\/.*)?$/;
const IMAGE_PACKAGES = new Set(
  "canvas sharp jpeg-js pngjs get-pixels jimp image-js node-canvas @napi-rs/canvas upng-js bmp-js".split(" "),
);
const NETWORK_PACKAGES = new Set("http https net dns tls axios node-fetch got request undici".split(" "));
const SUPPORTED =
  "Supported are the TensorFlow.js packages (@tensorflow/tfjs, -node, -core, -layers, -data, -converter), fs, path, " +
  "util, os, url, events, assert, perf_hooks, process, buffer and the files handed in with the program.";

/**
 * Answers package names with the one tf and with facades of Node's modules.
 * @param tf the namespace behind all TensorFlow.js names
 * @param process the `process` object of this run
 */
export function createPackages(tf: object, process: object): PackageSource {
  const url = {
    URL: GuestUrl,
    fileURLToPath: (address: unknown) => decodeURIComponent(new GuestUrl(String(address)).pathname),
    pathToFileURL: (file: string) => new GuestUrl(`file://${path.resolve(file)}`),
  };
  const os = {
    EOL: "\n",
    cpus: () => [{ model: "", speed: 0 }],
    platform: () => "linux",
    type: () => "Linux",
    tmpdir: () => `${path.WORKING_FOLDER}/tmp`,
    homedir: () => path.WORKING_FOLDER,
    totalmem: () => 2 ** 32,
    freemem: () => 2 ** 31,
    endianness: () => "LE",
  };
  const modules: Readonly<Record<string, unknown>> = {
    fs,
    "fs/promises": promises,
    "fs-extra": fsExtra,
    path: { ...path, posix: path },
    "path/posix": path,
    util: { ...util },
    os,
    url,
    events: Object.assign(EventEmitter, { EventEmitter, once }),
    assert: Object.assign(assert, { strict: assert }),
    "assert/strict": assert,
    perf_hooks: { performance },
    process,
    buffer: { Buffer },
    timers: { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate },
    "timers/promises": {
      setTimeout: (ms: number, value: unknown) => new Promise((done) => setTimeout(() => done(value), ms)),
    },
    // Loaded by habit for its effect on older Nodes; there is nothing for it to do.
    regenerator: {},
    "source-map-support/register": {},
  };
  return (name) => {
    if (TENSORFLOW.test(name)) return tf;
    const plain = name.replace(/^node:/, "");
    if (Object.hasOwn(modules, plain)) return modules[plain];
    throw Object.assign(namedError("ModuleNotAvailableError", refusal(name, plain)), {
      code: "MODULE_NOT_FOUND",
    });
  };
}

function refusal(name: string, plain: string): string {
  const what = `The package '${name}' is not available here.`;
  if (IMAGE_PACKAGES.has(plain))
    return `${what} Read images with tf.node.decodeImage(fs.readFileSync(path), 3); resize with tf.image.resizeBilinear.`;
  if (name.startsWith("@tensorflow-models/"))
    return `${what} Load the pretrained network itself with tf.loadLayersModel(address) or tf.loadGraphModel(address).`;
  if (name.startsWith("@tensorflow/tfjs-vis"))
    return `${what} It draws in a browser; print the history of fit with console.log instead.`;
  if (NETWORK_PACKAGES.has(plain))
    return `${what} There is no network: the assignment's data is in ./data, pretrained models are answered by their address.`;
  if (plain === "child_process" || plain === "worker_threads" || plain === "cluster")
    return `${what} A program runs alone in one thread.`;
  return `${what} ${SUPPORTED}`;
}
