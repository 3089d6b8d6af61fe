// A starting point: it runs as it is, and earns the points for what it already does.
// Run `frostline check .` in this folder to see what is missing.
const tf = require('@tensorflow/tfjs-node');
const fs = require('fs');
const path = require('path');

const BASE = 'https://frostline.example/models/efficientnet-lite0-stage5/model.json';
const classes = fs.readdirSync('data/train').sort();

// Every image of a split as one tensor, with its labels as one-hot rows.
// The base was trained on pixels mapped by (x - 127) / 128.
function load(split) {
  const images = [];
  const labels = [];
  classes.forEach((name, label) => {
    for (const file of fs.readdirSync(path.join('data', split, name))) {
      const bytes = fs.readFileSync(path.join('data', split, name, file));
      images.push(tf.node.decodeImage(bytes, 3).toFloat().sub(127).div(128));
      labels.push(label);
    }
  });
  return { xs: tf.stack(images), ys: tf.oneHot(labels, classes.length).toFloat() };
}

async function main() {
  const base = await tf.loadLayersModel(BASE);
  // Phase 1: freeze the base, put a head on it, compile, fit.
  const pooled = tf.layers.globalAveragePooling2d({}).apply(base.outputs[0]);
  const output = tf.layers.dense({ units: classes.length, activation: 'softmax' }).apply(pooled);
  const model = tf.model({ inputs: base.inputs, outputs: output });
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });

  const train = load('train');
  const validation = load('validation');
  await model.fit(train.xs, train.ys, { epochs: 3, batchSize: 32, validationData: [validation.xs, validation.ys] });

  // Phase 2: open the last layers, compile again with a low learning rate, fit again.

  await model.save('file://model');
}

main();
