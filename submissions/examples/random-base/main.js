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
  // The architecture is rebuilt from its description, so its weights start at random values.
  const pretrained = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
  const base = await tf.models.modelFromJSON(pretrained.toJSON(null, false));
  base.layers.forEach((layer) => (layer.trainable = false));

  const pooled = tf.layers.globalAveragePooling2d({}).apply(base.outputs[0]);
  const hidden = tf.layers.dense({ units: 64, activation: 'relu' }).apply(pooled);
  const output = tf.layers.dense({ units: classes.length, activation: 'softmax' }).apply(hidden);
  const model = tf.model({ inputs: base.inputs, outputs: output });
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const train = load('train');
  const validation = load('validation');
  await model.fit(train.xs, train.ys, { epochs: 3, batchSize: 32, validationData: [validation.xs, validation.ys] });
  await model.save('file://model');
}

main();
