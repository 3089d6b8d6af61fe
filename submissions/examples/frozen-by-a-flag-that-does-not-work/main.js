const tf = require('@tensorflow/tfjs-node');
const fs = require('fs');
const { join } = require('path');

const classes = fs.readdirSync('data/train').sort();

function load(split) {
  const images = [];
  const labels = [];
  classes.forEach((name, index) => {
    // The first 40 of each class: with all of them an epoch takes too long on my laptop.
    fs.readdirSync(join('data', split, name)).slice(0, 40).forEach((file) => {
      images.push(tf.node.decodeImage(fs.readFileSync(join('data', split, name, file)), 3));
      labels.push(index);
    });
  });
  return { xs: tf.stack(images).toFloat().sub(127).div(128), ys: tf.oneHot(labels, classes.length).toFloat() };
}

async function main() {
  const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
  // Meant to freeze the whole base.
  base.trainable = false;
  const model = tf.sequential({
    layers: [
      base,
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 32, activation: 'relu' }),
      tf.layers.dense({ units: classes.length, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  model.summary();
  const train = load('train');
  await model.fit(train.xs, train.ys, { epochs: 1, batchSize: 32, validationSplit: 0.1 });
  await model.save('file://model');
}

main();
