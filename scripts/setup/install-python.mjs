import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { findPython } from "./find-python.mjs";
import { nativeFolder, readManifest, updateManifest, withWorkFolder } from "./native-folder.mjs";
import { runCommand } from "./run-command.mjs";
import { shareLibraries } from "./share-libraries.mjs";

const USE = `import os, sys
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", MPLBACKEND="Agg")
import cv2, h5py, keras, matplotlib, numpy, pandas, PIL, scipy, sklearn, tensorflow, tf_keras
assert (tensorflow.ones((2, 3)) @ tensorflow.ones((3, 2))).numpy().tolist() == [[3, 3], [3, 3]]
print("Python", *(".".join(map(str, sys.version_info[:3])), tensorflow.__version__, keras.__version__, tf_keras.__version__))`;

/** Makes the Python environment for Keras submissions in the native folder, or says why they will be pending. */
export async function installPython(root, say) {
  const requirements = path.join(root, "src", "kinds", "keras", "python", "requirements.txt");
  const folder = `python-${createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12)}`;
  const known = readManifest(root).python;
  // Importing everything takes ten seconds, so an environment that was tried once is only looked at.
  if (known?.folder === folder && (await starts(path.join(nativeFolder(root), known.bin))))
    return say(`${known.version} with TensorFlow ${known.tensorflow} and Keras ${known.keras} is there`);

  const result = await withWorkFolder(root, (work) => install(root, { requirements, work, folder }, say));
  if (result.python) {
    updateManifest(root, { python: result.python });
    removeOthers(root, folder);
    return say(`${result.python.version} with Keras ${result.python.keras} works`);
  }
  updateManifest(root, { python: null });
  say(`MISSING: Keras submissions stay pending, because ${result.why}`);
  if (result.output) console.log(result.output.trim().split("\n").slice(-5).join("\n"));
}

async function install(root, { requirements, work, folder }, say) {
  const found = await findPython();
  if (!found.program) return found;
  const fresh = path.join(work, "finished");
  const pip = await makeEnvironment(found.program, fresh, work);
  if (!pip)
    return { why: "pip is not installed (Debian, Ubuntu: `apt-get install python3-pip python3-venv`)" };
  say("installing TensorFlow and Keras for Python from PyPI (470 MB, a few minutes)");
  const options = ["--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:", "-r", requirements];
  const installed = await runCommand(pip.program, [...pip.args, "install", ...options]);
  if (!installed.ok) return { why: "pip could not install the packages", output: installed.output };
  shareLibraries(root, fresh);
  // A jail reads these files as another user, whatever this user's umask is.
  await runCommand("chmod", ["-R", "u+w,a+rX", fresh]);
  say("trying it");
  const tried = await runCommand(path.join(fresh, "bin", "python"), ["-I", "-B", "-c", USE]);
  const versions = /^Python (\S+) (\S+) (\S+) (\S+)$/m.exec(tried.output);
  if (!tried.ok || !versions) return { why: "it was installed but does not work", output: tried.output };
  rmSync(path.join(nativeFolder(root), folder), { recursive: true, force: true });
  renameSync(fresh, path.join(nativeFolder(root), folder));
  const [, version, tensorflow, keras, tfKeras] = versions;
  const bin = path.posix.join(folder, "bin", "python");
  return { python: { bin, folder, prefix: found.prefix, version, tensorflow, keras, tf_keras: tfKeras } };
}

/** Makes an empty environment and finds a pip that fills it: the interpreter's own, else one that comes with `venv`. */
async function makeEnvironment(program, fresh, work) {
  const target = path.join(fresh, "bin", "python");
  if (!(await runCommand(program, ["-m", "venv", "--without-pip", fresh])).ok) return undefined;
  const own = { program, args: ["-m", "pip", "--python", target] };
  if ((await runCommand(own.program, [...own.args, "--version"])).ok) return own;
  const helper = path.join(work, "pip");
  if (!(await runCommand(program, ["-m", "venv", helper])).ok) return undefined;
  return { program: path.join(helper, "bin", "python"), args: ["-m", "pip", "--python", target] };
}

async function starts(bin) {
  return (
    existsSync(bin) && (await runCommand(bin, ["-I", "-B", "-c", "import numpy"], { timeoutMs: 60_000 })).ok
  );
}

function removeOthers(root, folder) {
  for (const name of readdirSync(nativeFolder(root)))
    if (/^python-[0-9a-f]{12}$/.test(name) && name !== folder)
      rmSync(path.join(nativeFolder(root), name), { recursive: true, force: true });
}
