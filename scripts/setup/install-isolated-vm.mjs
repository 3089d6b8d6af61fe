import { chmodSync, copyFileSync, cpSync, existsSync, readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { findNodeHeaders } from "./find-node-headers.mjs";
import { nativeFolder, readManifest, updateManifest, withWorkFolder } from "./native-folder.mjs";
import { runCommand, runNode, runNpm } from "./run-command.mjs";
import { SetupFault } from "./setup-fault.mjs";
import { usesGlibc } from "./uses-glibc.mjs";

const ABI = process.versions.modules;

const USE = `const { Isolate } = require(process.argv[1]).ivm;
if (new Isolate().createContextSync().evalSync("1 + 1") !== 2) process.exit(3);`;

/** Puts the isolated-vm addon that fits this Node into the native folder: the package's own binary, else compiled here. */
export async function installIsolatedVm(root, say) {
  const source = path.join(root, "node_modules", packageFor(Number(process.versions.node.split(".")[0])));
  const { version } = JSON.parse(readFileSync(path.join(source, "package.json"), "utf8"));
  const name = `isolated-vm-${version}-abi${ABI}.node`;
  const target = path.join(nativeFolder(root), name);
  const known = readManifest(root).isolatedVm;
  if (known[ABI] === name && (await works(target))) return say(`${version} already works`);

  await withWorkFolder(root, async (folder) => {
    const fresh = path.join(folder, name);
    const shipped = shippedBinary(source);
    if (shipped !== undefined && (await works(shipped))) {
      copyFileSync(shipped, fresh);
    } else {
      say(`compiling ${version} for Node ${process.versions.node} (about a minute)`);
      await compile(source, folder, fresh);
    }
    chmodSync(fresh, 0o755);
    renameSync(fresh, target);
  });
  updateManifest(root, { isolatedVm: { ...known, [ABI]: name } });
  say(`${version} works`);
}

/** isolated-vm follows V8: each of its major versions serves some Node versions, and the lock holds all three by alias. */
function packageFor(nodeMajor) {
  if (nodeMajor >= 24) return "isolated-vm-7";
  return nodeMajor >= 22 ? "isolated-vm-6" : "isolated-vm";
}

async function works(addon) {
  return existsSync(addon) && (await runNode(USE, [addon])).ok;
}

function shippedBinary(source) {
  const folder = path.join(source, "prebuilds", `${process.platform}-${process.arch}`);
  const names = [
    `isolated-vm.abi${ABI}.${usesGlibc() ? "glibc" : "musl"}.node`,
    `isolated-vm.abi${ABI}.node`,
  ];
  return names.map((name) => path.join(folder, name)).find(existsSync);
}

async function compile(source, folder, target) {
  const copy = path.join(folder, "isolated-vm");
  cpSync(source, copy, { recursive: true });
  const headers = await findNodeHeaders(folder);
  const env = headers === undefined ? {} : { npm_config_nodedir: headers };
  const run = await runNpm(["run", "rebuild"], { cwd: copy, env });
  const built = path.join(copy, "out", "isolated_vm.node");
  if (!run.ok || !(await works(built))) throw compileFault(run.output);
  copyFileSync(built, target);
  // Its debug symbols are 24 of 25 MB, and every run in a jail reads this file.
  if (process.platform === "linux") await runCommand("strip", ["--strip-unneeded", target]);
}

function compileFault(output) {
  const advice = /find Python|not found: make|g\+\+: (not found|No such file)|\bmake\b.*ENOENT/i.test(output)
    ? "Install Python 3, make and g++ (Debian, Ubuntu: `apt-get install python3 make g++`)"
    : /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|EAI_AGAIN|nodejs\.org/.test(output)
      ? "Node's headers could not be downloaded: use Node 22, 24 or 26, for which nothing is compiled"
      : "Use Node 22, 24 or 26, for which nothing is compiled, or correct what the compiler names below";
  return new SetupFault(
    "isolated-vm could not be compiled",
    `${advice}; then run \`npm run setup\` again.`,
    output,
  );
}
