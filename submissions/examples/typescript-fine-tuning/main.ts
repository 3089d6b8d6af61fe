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

async function train(model: tf.LayersModel, split: Split, options: Options): Promise<number> {
  model.compile({
    optimizer: tf.train.adam(options.rate),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const dataset = tf.data
    .zip({
      xs: tf.data.array(tf.unstack(split.xs)),
      ys: tf.data.array(tf.unstack(split.ys)),
    } as never)
    .shuffle(300, '7')
    .batch(32);
  const history = await model.fitDataset(dataset as tf.data.Dataset<tf.TensorContainer>, {
    epochs: options.epochs,
    verbose: 0,
  });
  return history.history['acc']!.at(-1) as number;
}

const split: Split = loadImages('train');
const base: tf.LayersModel = await tf.loadLayersModel(
  'https://frostline.example/models/efficientnet-lite0-stage5/model.json',
);
base.layers.forEach((layer) => (layer.trainable = false));

const pooled = tf.layers.globalAveragePooling2d({}).apply(base.output) as tf.SymbolicTensor;
const dropped = tf.layers.dropout({ rate: 0.2 }).apply(pooled) as tf.SymbolicTensor;
const logits = tf.layers
  .dense({ units: split.classes.length, activation: 'softmax' })
  .apply(dropped) as tf.SymbolicTensor;
const model = tf.model({ inputs: base.inputs, outputs: logits });

const first = await train(model, split, { epochs: 6, rate: Rate.Head });
const opened = base.layers.filter((layer) => /^block(9|10)_(expand|dw|project)$/.test(layer.name));
opened.forEach((layer) => (layer.trainable = true));
const second = await train(model, split, { epochs: 2, rate: Rate.FineTuning });
console.log(`training accuracy ${first.toFixed(2)}, then ${second.toFixed(2)}`);

export default model;
