const tf = require('@tensorflow/tfjs-node');
const fs = require('fs');
const path = require('path');

// Copied from an example with ten classes.
const NUM_CLASSES = 10;

function load(split) {
  const root = path.join(process.cwd(), 'data', split);
  const classes = fs.readdirSync(root).sort();
  const images = [];
  const labels = [];
  for (const name of classes) {
    for (const file of fs.readdirSync(path.join(root, name))) {
      images.push(tf.node.decodeImage(fs.readFileSync(path.join(root, name, file)), 3).toFloat().sub(127).div(128));
      labels.push(classes.indexOf(name));
    }
  }
  return [tf.stack(images), tf.oneHot(tf.tensor1d(labels, 'int32'), NUM_CLASSES).toFloat()];
}

async function main() {
  const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
  const [images, ys] = load('train');
  const xs = base.predict(images, { batchSize: 32 });
  const head = tf.sequential();
  head.add(tf.layers.flatten({ inputShape: xs.shape.slice(1) }));
  head.add(tf.layers.dense({ units: 64, activation: 'relu' }));
  head.add(tf.layers.dense({ units: NUM_CLASSES, activation: 'softmax' }));
  head.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['acc'] });
  await head.fit(xs, ys, { epochs: 10, batchSize: 32, shuffle: true, validationSplit: 0.1, verbose: 0 });
  await head.save('file://model');
}

main();
