import * as tf from '@tensorflow/tfjs-node';
import { loadImages, type Split } from './images';

const enum Rate {
  Head = 0.001,
  FineTuning = 0.00002,
}

interface Options {
  epochs: number;
  rate: number;
}

async function train(
  model: tf.LayersModel,
  xs: tf.Tensor,
  ys: tf.Tensor1D,
  { epochs, rate }: Options,
): Promise<number> {
  model.compile({
    optimizer: tf.train.adam(rate),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const rows = tf.data.zip({ xs: tf.data.array(tf.unstack(xs)), ys: tf.data.array(tf.unstack(ys)) } as never);
  const dataset = rows.shuffle(300, '7').batch(32) as tf.data.Dataset<tf.TensorContainer>;
  const history = await model.fitDataset(dataset, { epochs, verbose: 0 });
  return history.history['acc']!.at(-1) as number;
}

const split: Split = loadImages('train');
const base: tf.LayersModel = await tf.loadLayersModel(
  'https://frostline.example/models/efficientnet-lite0-stage5/model.json',
);
base.layers.forEach((layer) => (layer.trainable = false));

// Phase 1: the head alone, on the features of the frozen base.
const features = base.predict(split.xs, { batchSize: 64 }) as tf.Tensor4D;
const head = tf.sequential({
  layers: [
    tf.layers.globalAveragePooling2d({ inputShape: features.shape.slice(1) }),
    tf.layers.dropout({ rate: 0.2 }),
    tf.layers.dense({ units: split.classes.length, activation: 'softmax' }),
  ],
});
const first = await train(head, features, split.ys, { epochs: 40, rate: Rate.Head });

// Phase 2: the convolutions of the last two blocks, with a low rate.
const model = tf.model({
  inputs: base.inputs,
  outputs: head.apply(base.output) as tf.SymbolicTensor,
});
const opened = base.layers.filter((layer) => /^block(9|10)_(expand|dw|project)$/.test(layer.name));
opened.forEach((layer) => (layer.trainable = true));
const second = await train(model, split.xs, split.ys, { epochs: 1, rate: Rate.FineTuning });
console.log(`training accuracy ${first.toFixed(2)}, then ${second.toFixed(2)}`);

export default model;
