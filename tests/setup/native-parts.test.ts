import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { projectRoot } from "./scratch-project.js";

const folder = path.join(projectRoot, ".cache", "native");
const manifest = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8"));
const NO_TENSORFLOW = "TensorFlow is not set up on this machine; `npm run setup` says why";

test("the isolated-vm of this Node runs JavaScript in an isolate", async () => {
  const addon = path.join(folder, manifest.isolatedVm[process.versions.modules]);
  const source = `const { Isolate } = require(process.argv[1]).ivm;
    console.log(new Isolate().createContextSync().evalSync("[typeof process, 6 * 7].join()"));`;
  const { stdout } = await execa("node", ["--no-node-snapshot", "-e", source, addon]);
  expect(stdout).toBe("undefined,42");
});

test("TensorFlow multiplies matrices through tfjs-node's addon", async (ctx) => {
  if (manifest.tensorflow === null) ctx.skip(NO_TENSORFLOW);
  const source = `const tf = require(process.argv[1]);
    const left = tf.createTensor([1, 2], tf.TF_FLOAT, new Float32Array([3, 4]));
    const right = tf.createTensor([2, 1], tf.TF_FLOAT, new Float32Array([10, 100]));
    const flag = (name) => ({ name, type: tf.TF_ATTR_BOOL, value: false });
    const type = { name: "T", type: tf.TF_ATTR_TYPE, value: tf.TF_FLOAT };
    const [out] = tf.executeOp("MatMul", [flag("transpose_a"), flag("transpose_b"), type], [left, right], 1);
    console.log(tf.TF_Version, out.shape.join("x"), tf.tensorDataSync(out.id)[0]);`;
  const { stdout } = await execa("node", ["-e", source, path.join(folder, manifest.tensorflow.addon)]);
  expect(stdout).toBe(`${manifest.tensorflow.version} 1x1 430`);
});

test("a jail's unprivileged user can read every file of TensorFlow's folder", (ctx) => {
  if (manifest.tensorflow === null) ctx.skip(NO_TENSORFLOW);
  const tensorflow = path.join(folder, manifest.tensorflow.folder);
  for (const name of [".", ...readdirSync(tensorflow, { recursive: true, encoding: "utf8" })]) {
    const stats = statSync(path.join(tensorflow, name));
    const needed = stats.isDirectory() ? 0o5 : 0o4;
    expect(stats.mode & needed, name).toBe(needed);
  }
});
