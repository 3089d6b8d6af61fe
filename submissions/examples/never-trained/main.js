const tf = require('@tensorflow/tfjs-node');

async function main() {
  const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
  base.layers.forEach((layer) => { layer.trainable = false; });
  const pooled = tf.layers.globalAveragePooling2d({}).apply(base.outputs[0]);
  const output = tf.layers.dense({ units: 3, activation: 'softmax' }).apply(pooled);
  const model = tf.model({ inputs: base.inputs, outputs: output });
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  model.summary();
  await model.save('file://model');
}

main();
