import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { runCommand } from "./run-command.mjs";

const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

const DOWNLOAD =
  "-m pip download --quiet --no-deps --only-binary=:all: --python-version=3.11 --require-hashes";

const UNPACK = `import sys, zipfile
parts = ("libtensorflow", "include/tensorflow/", "include/absl/", "include/tsl/", "include/xla/")
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith(tuple("tensorflow/" + part for part in parts)):
            wheel.extract(name, sys.argv[2])`;

const COMPILE = "-std=c++17 -O2 -fPIC -shared -DNAPI_VERSION=8 -DNODE_GYP_MODULE_NAME=tfjs_binding";

/**
 * Takes the TensorFlow libraries out of the wheel on PyPI and compiles tfjs-node's addon against them into `target`.
 * @returns {Promise<{ addon: string } | { why: string, output?: string }>} the addon's path inside target, or why there is none
 */
export async function tensorflowFromWheel(root, workFolder, target, say) {
  if (process.platform !== "linux" || process.arch !== "x64")
    return { why: "its libraries on PyPI are used on Linux on x86-64 only" };
  if (!(await runCommand("python3", ["-m", "pip", "--version"])).ok)
    return { why: "Python 3 with pip is not installed (Debian, Ubuntu: `apt-get install python3-pip`)" };
  if (!(await runCommand("g++", ["--version"])).ok)
    return { why: "g++ is not installed (Debian, Ubuntu: `apt-get install g++`)" };

  say("downloading the TensorFlow wheel from PyPI (262 MB)");
  const requirement = path.join(root, "scripts", "setup", "tensorflow-wheel.txt");
  const download = await runCommand("python3", [...DOWNLOAD.split(" "), "-r", requirement, "-d", workFolder]);
  if (!download.ok) return { why: "its wheel could not be downloaded from PyPI", output: download.output };

  say("unpacking its libraries (850 MB)");
  const [wheel] = readdirSync(workFolder).filter((name) => name.endsWith(".whl"));
  const unpack = await runCommand("python3", ["-c", UNPACK, wheel, "."], { cwd: workFolder });
  if (!unpack.ok) return { why: "its wheel could not be unpacked", output: unpack.output };
  rmSync(path.join(workFolder, wheel));

  say("compiling the addon (about 15 s)");
  mkdirSync(target);
  const unpacked = path.join(workFolder, "tensorflow");
  const addon = path.join(target, "tfjs_binding.node");
  const compiled = await compileAddon(root, unpacked, addon);
  if (!compiled.ok) return { why: "its addon could not be compiled", output: compiled.output };
  for (const library of LIBRARIES) renameSync(path.join(unpacked, library), path.join(target, library));
  return { addon: path.basename(addon) };
}

function compileAddon(root, tensorflow, addon) {
  const packages = path.join(root, "node_modules");
  const headers = [
    path.join(packages, "node-api-headers", "include"),
    path.join(tensorflow, "include"),
    "..",
  ];
  const quiet = path.join(root, "scripts", "quiet.cc");
  const args = [
    ...COMPILE.split(" "),
    ...headers.map((folder) => `-I${folder}`),
    ...["binding/tfjs_backend.cc", "binding/tfjs_binding.cc", quiet],
    `-L${tensorflow}`,
    ...LIBRARIES.map((library) => `-l:${library}`),
    // The libraries are found beside the addon, wherever a jail mounts that folder.
    "-Wl,-rpath,$ORIGIN",
    ...["-o", addon],
  ];
  return runCommand("g++", args, { cwd: path.join(packages, "@tensorflow", "tfjs-node") });
}
