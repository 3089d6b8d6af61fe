// The features of the frozen base are computed once; the head is trained on them as a model of its own.
import * as tf from '@tensorflow/tfjs-node';
import fs from 'node:fs';
import path from 'node:path';

const classes = fs.readdirSync('data/train').sort();

const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');

function readImage(file) {
  return tf.tidy(() => {
    const pixels = tf.node.decodeImage(fs.readFileSync(file), 3);
    return tf.image.resizeBilinear(pixels, [64, 64]).toFloat().sub(127).div(128).expandDims(0);
  });
}

function features(split) {
  const rows = [];
  const labels = [];
  for (const [label, name] of classes.entries()) {
    const folder = path.join('data', split, name);
    for (const file of fs.readdirSync(folder)) {
      const image = readImage(path.join(folder, file));
      rows.push(base.predict(image));
      image.dispose();
      labels.push(label);
    }
  }
  return { xs: tf.concat(rows), ys: tf.tensor1d(labels, 'float32') };
}

const train = features('train');
const validation = features('validation');

const head = tf.sequential({
  layers: [
    tf.layers.globalAveragePooling2d({ inputShape: train.xs.shape.slice(1) }),
    tf.layers.dropout({ rate: 0.2 }),
    tf.layers.dense({ units: 64, activation: 'relu' }),
    tf.layers.dense({ units: classes.length, activation: 'softmax' }),
  ],
});
head.compile({
  optimizer: tf.train.adam(0.001),
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
});
const history = await head.fit(train.xs, train.ys, {
  epochs: 20,
  batchSize: 32,
  validationData: [validation.xs, validation.ys],
  verbose: 0,
});
console.log('validation accuracy', history.history.val_acc.at(-1));
await head.save('file://./output');
