// Phase 1 trains the head on the frozen base; phase 2 opens the last block and trains on with a low rate.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-node';
import { classes, load } from './data.js';

const BASE_URL = 'https://frostline.example/models/efficientnet-lite0-stage5/model.json';

export async function main() {
  const train = load('train');
  const validation = load('validation');
  const base = await tf.loadLayersModel(BASE_URL);

  // Phase 1: feature extraction. The base is frozen, so the head learns from features computed once.
  for (const layer of base.layers) layer.trainable = false;
  const features = tf.input({ shape: [4, 4, 112] });
  const pooled = tf.layers.globalAveragePooling2d({}).apply(features);
  const hidden = tf.layers.dense({ units: 64, activation: 'relu' }).apply(pooled);
  const answer = tf.layers.dense({ units: classes.length, activation: 'softmax' }).apply(hidden);
  const head = tf.model({ inputs: features, outputs: answer, name: 'head' });
  head.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  await head.fit(base.predict(train.xs), train.ys, {
    epochs: 15,
    batchSize: 32,
    validationData: [base.predict(validation.xs), validation.ys],
    verbose: 0,
  });

  // Phase 2: fine-tuning. The last block is opened, BatchNormalization stays frozen.
  for (const layer of base.layers.filter((one) => one.name.startsWith('block10_'))) {
    layer.trainable = layer.getClassName() !== 'BatchNormalization';
  }
  const model = tf.model({ inputs: base.inputs, outputs: head.apply(base.outputs[0]) });
  model.compile({ optimizer: tf.train.adam(1e-5), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const tuned = await model.fit(train.xs, train.ys, {
    epochs: 2,
    batchSize: 32,
    validationData: [validation.xs, validation.ys],
  });
  console.log('val_acc after fine-tuning', tuned.history.val_acc.at(-1));
  await model.save('file://' + process.cwd() + '/model');
}

main();
