// Feature extraction: the pretrained base stays frozen, only the new head is trained.
const tf = require('@tensorflow/tfjs-node');
const fs = require('fs');
const path = require('path');

const BASE = 'https://frostline.example/models/efficientnet-lite0-stage5/model.json';
const SIZE = 64;
const classes = fs.readdirSync('data/train').sort();

function loadSplit(split) {
  const images = [];
  const labels = [];
  classes.forEach((name, label) => {
    const dir = path.join('data', split, name);
    for (const file of fs.readdirSync(dir)) {
      const image = tf.tidy(() =>
        tf.node.decodeImage(fs.readFileSync(path.join(dir, file)), 3)
          .resizeBilinear([SIZE, SIZE]).toFloat().sub(127).div(128));
      images.push(image);
      labels.push(label);
    }
  });
  const xs = tf.stack(images);
  tf.dispose(images);
  const ys = tf.oneHot(tf.tensor1d(labels, 'int32'), classes.length).toFloat();
  return { xs, ys };
}

async function main() {
  const base = await tf.loadLayersModel(BASE);
  base.layers.forEach((layer) => { layer.trainable = false; });

  const x = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(base.outputs[0]);
  const h = tf.layers.dense({ units: 64, activation: 'relu', name: 'head_hidden' }).apply(x);
  const out = tf.layers.dense({ units: classes.length, activation: 'softmax', name: 'head_out' }).apply(h);
  const model = tf.model({ inputs: base.inputs, outputs: out });

  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const train = loadSplit('train');
  const val = loadSplit('validation');
  await model.fit(train.xs, train.ys, {
    epochs: 8,
    batchSize: 32,
    validationData: [val.xs, val.ys],
    callbacks: {
      onEpochEnd: (epoch, logs) => console.log(`epoch ${epoch + 1}: val_acc ${logs.val_acc.toFixed(3)}`),
    },
  });
  await model.save('file://model');
}

main();
