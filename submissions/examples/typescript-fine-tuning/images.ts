import * as tf from '@tensorflow/tfjs-node';
import * as fs from 'fs';
import * as path from 'path';

export interface Split {
  xs: tf.Tensor4D;
  ys: tf.Tensor1D;
  classes: string[];
}

export function loadImages(split: 'train' | 'validation'): Split {
  const root = path.resolve('data', split);
  const classes = fs.readdirSync(root).sort();
  const images: tf.Tensor3D[] = [];
  const labels: number[] = [];
  for (const name of classes) {
    for (const file of fs.readdirSync(path.join(root, name))) {
      const bytes: Uint8Array = fs.readFileSync(path.join(root, name, file));
      images.push(tf.node.decodeImage(bytes, 3) as tf.Tensor3D);
      labels.push(classes.indexOf(name));
    }
  }
  const xs = tf.tidy(() => tf.stack(images).toFloat().sub(127).div(128)) as tf.Tensor4D;
  return { xs, ys: tf.tensor1d(labels, 'float32'), classes };
}
