import * as tf from '@tensorflow/tfjs-node';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

export const classes = readdirSync('data/train').sort();

/** All images of a split as one tensor in [-1, 1], with one-hot labels. */
export function load(split) {
  const files = classes.flatMap((name, label) =>
    readdirSync(join('data', split, name)).map((file) => ({ file: join('data', split, name, file), label })));
  const xs = tf.tidy(() =>
    tf.stack(files.map(({ file }) => tf.node.decodePng(readFileSync(file), 3).toFloat().sub(127).div(128))));
  const ys = tf.oneHot(files.map(({ label }) => label), classes.length).toFloat();
  return { xs, ys };
}
