import { existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { nativeFolder, readManifest, updateManifest, withWorkFolder } from "./native-folder.mjs";
import { runCommand, runNode } from "./run-command.mjs";
import { tensorflowFromPublisher } from "./tensorflow-from-publisher.mjs";
import { tensorflowFromWheel } from "./tensorflow-from-wheel.mjs";

const SOURCES = [tensorflowFromPublisher, tensorflowFromWheel];

// The addon is loaded directly, because tfjs-node's own JavaScript does not run on Node 23 and later.
const USE = `const tf = require(process.argv[1]);
const ones = (shape) => tf.createTensor(shape, tf.TF_FLOAT, new Float32Array(6).fill(1));
const flag = (name) => ({ name, type: tf.TF_ATTR_BOOL, value: false });
const attributes = [flag("transpose_a"), flag("transpose_b"), { name: "T", type: tf.TF_ATTR_TYPE, value: tf.TF_FLOAT }];
const [product] = tf.executeOp("MatMul", attributes, [ones([2, 3]), ones([3, 2])], 1);
if (String(tf.tensorDataSync(product.id)) !== "3,3,3,3") process.exit(3);
console.log("TensorFlow " + tf.TF_Version);`;

/** Puts TensorFlow's libraries and tfjs-node's addon into the native folder, or says that WebAssembly has to do. */
export async function installTensorflow(root, say) {
  const known = readManifest(root).tensorflow;
  if (known !== null && (await versionOf(path.join(nativeFolder(root), known.addon))))
    return say(`${known.version} already works`);

  for (const source of SOURCES) {
    const result = await withWorkFolder(root, (folder) => install(root, source, folder, say));
    if (result.version) return say(`${result.version} works`);
    say(`not this way: ${result.why}`);
    if (result.output) console.log(result.output.trim().split("\n").slice(-5).join("\n"));
  }
  updateManifest(root, { tensorflow: null });
  say("MISSING: TensorFlow.js programs run on WebAssembly instead, several times slower");
  say("once what is missing above is there, run `npm run setup` again");
}

async function install(root, source, workFolder, say) {
  const fresh = path.join(workFolder, "finished");
  const found = await source(root, workFolder, fresh, say);
  if (found.addon === undefined) return found;
  const version = await versionOf(path.join(fresh, found.addon));
  if (version === undefined) return { why: "its addon was made but does not work on this machine" };
  // A jail reads these files as another user, whatever this user's umask is.
  await runCommand("chmod", ["-R", "u+w,a+rX", fresh]);
  const folder = `tensorflow-${version}`;
  const target = path.join(nativeFolder(root), folder);
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
  updateManifest(root, { tensorflow: { addon: path.posix.join(folder, found.addon), folder, version } });
  return { version };
}

async function versionOf(addon) {
  if (!existsSync(addon)) return undefined;
  const run = await runNode(USE, [addon], { TF_CPP_MIN_LOG_LEVEL: "3" });
  return run.ok ? /^TensorFlow (\S+)$/m.exec(run.output)?.[1] : undefined;
}
