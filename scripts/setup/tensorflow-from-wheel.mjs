import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { runCommand } from "./run-command.mjs";

export const WHEEL_VERSION = "2.21.0";
const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

const UNPACK = `import sys, zipfile
parts = ("libtensorflow", "include/tensorflow/", "include/absl/", "include/tsl/", "include/xla/")
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith(tuple("tensorflow/" + part for part in parts)):
            wheel.extract(name, sys.argv[2])`;

/**
 * Takes the TensorFlow libraries out of the wheel on PyPI and compiles tfjs-node's addon against them into `target`.
 * @returns {Promise<{ addon: string } | { why: string, output?: string }>} the addon's path inside target, or why there is none
 */
export async function tensorflowFromWheel(root, workFolder, target, say) {
  if (process.platform !== "linux" || process.arch !== "x64")
    return { why: "its libraries on PyPI are used on Linux on x86-64 only" };
  for (const [program, args, debianPackage] of [
    ["python3", ["-m", "pip", "--version"], "python3-pip"],
    ["g++", ["--version"], "g++"],
  ])
    if (!(await runCommand(program, args)).ok) return { why: `${debianPackage} is not installed` };

  say(`downloading TensorFlow ${WHEEL_VERSION} from PyPI (262 MB)`);
  const requirement = path.join(root, "scripts", "setup", "tensorflow-wheel.txt");
  const choice = [
    "--no-deps",
    "--only-binary=:all:",
    "--python-version=3.11",
    "--require-hashes",
    "-r",
    requirement,
  ];
  const download = await runCommand("python3", [
    "-m",
    "pip",
    "download",
    "--quiet",
    "-d",
    workFolder,
    ...choice,
  ]);
  if (!download.ok) return { why: "its wheel could not be downloaded from PyPI", output: download.output };

  say("unpacking its libraries (850 MB)");
  const wheel = path.join(
    workFolder,
    readdirSync(workFolder).find((name) => name.endsWith(".whl")),
  );
  const unpack = await runCommand("python3", ["-c", UNPACK, wheel, workFolder]);
  if (!unpack.ok) return { why: "its wheel could not be unpacked", output: unpack.output };
  rmSync(wheel);

  say("compiling the addon (about 15 s)");
  mkdirSync(target);
  const compiled = await compileAddon(root, path.join(workFolder, "tensorflow"), target);
  if (!compiled.ok) return { why: "its addon could not be compiled", output: compiled.output };
  for (const library of LIBRARIES) {
    renameSync(path.join(workFolder, "tensorflow", library), path.join(target, library));
    chmodSync(path.join(target, library), 0o644);
  }
  return { addon: "tfjs_binding.node" };
}

function compileAddon(root, tensorflow, target) {
  const packages = path.join(root, "node_modules");
  const sources = [
    "binding/tfjs_backend.cc",
    "binding/tfjs_binding.cc",
    path.join(root, "scripts", "quiet.cc"),
  ];
  const includes = [
    path.join(packages, "node-api-headers", "include"),
    path.join(tensorflow, "include"),
    "..",
    ".",
  ];
  const args = ["-std=c++17", "-O2", "-fPIC", "-shared", "-DNAPI_VERSION=8", "-DBUILDING_NODE_EXTENSION"];
  args.push("-DNODE_GYP_MODULE_NAME=tfjs_binding", ...includes.map((folder) => `-I${folder}`), ...sources);
  args.push(`-L${tensorflow}`, ...LIBRARIES.map((library) => `-l:${library}`));
  // The libraries are found beside the addon, wherever a jail mounts that folder.
  args.push("-Wl,-rpath,$ORIGIN", "-o", path.join(target, "tfjs_binding.node"));
  return runCommand("g++", args, { cwd: path.join(packages, "@tensorflow", "tfjs-node") });
}
