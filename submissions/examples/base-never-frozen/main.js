const tf = require('@tensorflow/tfjs-node');
const fs = require('fs');

const classes = ['animals', 'food', 'travel'];

function load(split) {
  const xs = [];
  const ys = [];
  for (let c = 0; c < classes.length; c++) {
    const dir = `data/${split}/${classes[c]}/`;
    // Half of the images, because training takes long.
    fs.readdirSync(dir).slice(0, 40).forEach((name) => {
      xs.push(tf.node.decodeImage(fs.readFileSync(dir + name), 3).toFloat().sub(127).div(128));
      ys.push(c);
    });
  }
  return [tf.stack(xs), tf.oneHot(tf.tensor1d(ys, 'int32'), 3).toFloat()];
}

(async () => {
  const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
  const pooled = tf.layers.globalAveragePooling2d({}).apply(base.outputs[0]);
  const output = tf.layers.dense({ units: 3, activation: 'softmax' }).apply(pooled);
  const model = tf.model({ inputs: base.inputs, outputs: output });
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const [xs, ys] = load('train');
  const [valXs, valYs] = load('validation');
  await model.fit(xs, ys, { epochs: 1, batchSize: 32, validationData: [valXs, valYs] });
  await model.save('file://my-model');
})();
