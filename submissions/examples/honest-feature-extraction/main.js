// Feature extraction: the base is frozen, so its features are computed once and the head is trained on them.
// For handing in, base and head are joined to one model again.
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

  const head = tf.sequential({ name: 'head' });
  head.add(tf.layers.globalAveragePooling2d({ inputShape: base.outputs[0].shape.slice(1).map((n) => n ?? 4) }));
  head.add(tf.layers.dense({ units: 64, activation: 'relu' }));
  head.add(tf.layers.dense({ units: classes.length, activation: 'softmax' }));
  head.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });

  const train = loadSplit('train');
  const val = loadSplit('validation');
  const trainFeatures = base.predict(train.xs, { batchSize: 32 });
  const valFeatures = base.predict(val.xs, { batchSize: 32 });
  await head.fit(trainFeatures, train.ys, {
    epochs: 20,
    batchSize: 32,
    validationData: [valFeatures, val.ys],
    verbose: 0,
    callbacks: {
      onEpochEnd: (epoch, logs) => console.log(`epoch ${epoch + 1}: val_acc ${logs.val_acc.toFixed(3)}`),
    },
  });

  const model = tf.model({ inputs: base.inputs, outputs: head.apply(base.outputs[0]) });
  await model.save('file://model');
}

main();
