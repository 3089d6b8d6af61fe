import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { onTestFinished } from "vitest";

export const ROOT = resolve(import.meta.dirname, "../..");

/** The command as a user runs it: exit code, what it printed. */
export async function frostline(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
) {
  const run = await execa(process.execPath, [join(ROOT, "bin/frostline.mjs"), ...args], {
    cwd: options.cwd ?? ROOT,
    env: { CI: "true", NO_COLOR: "1", ...options.env },
    reject: false,
  });
  return { code: run.exitCode, out: run.stdout, err: run.stderr };
}

/** A folder of the test's own, gone when it ends. */
export async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "frostline-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files by path below a folder. */
export async function write(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** A rubric of the bundled assignment with parts replaced. */
export function rubric(changes: object = {}): string {
  return JSON.stringify({
    id: "test",
    title: "Test",
    data: { dataset: "emoji", bases: ["efficientnet-lite0-stage5"], imageSize: 64 },
    limits: { seconds: 20 },
    items: [
      { grader: "pretrained-base", points: 1 },
      { grader: "frozen-base", points: 2 },
      { grader: "validation-accuracy", points: 2, options: { threshold: 0.5 } },
    ],
    ...changes,
  });
}

/** A program that is right and takes about two seconds: the head learns from features of 60 pictures. */
export const HONEST = `
const tf = require('@tensorflow/tfjs-node');
const fs = require('fs');
const classes = fs.readdirSync('data/train').sort();
const images = [], labels = [];
classes.forEach((name, label) => fs.readdirSync('data/train/' + name).slice(0, 20).forEach((file) => {
  images.push(tf.node.decodeImage(fs.readFileSync('data/train/' + name + '/' + file), 3).toFloat().sub(127).div(128));
  labels.push(label);
}));
exports.main = async () => {
  const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
  base.layers.forEach((layer) => { layer.trainable = false; });
  const features = base.predict(tf.stack(images));
  const head = tf.sequential({ layers: [
    tf.layers.globalAveragePooling2d({ inputShape: features.shape.slice(1) }),
    tf.layers.dense({ units: 3, activation: 'softmax' }),
  ] });
  head.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  await head.fit(features, tf.oneHot(labels, 3).toFloat(), { epochs: 10, verbose: 0 });
  return tf.model({ inputs: base.inputs, outputs: head.apply(base.outputs[0]) });
};
`;
