const tf = require('@tensorflow/tfjs-node');
const fs = require('fs');

async function main() {
  const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
  const files = fs.readdirSync('data/train/animals');
  const images = files.map((file) => tf.node.decodeImage(fs.readFileSync('data/train/animals/' + file), 3));
  const features = base.predict(tf.stack(images).toFloat().div(255));
  // A variable that was renamed above but not here.
  const head = tf.sequential({ layers: [tf.layers.flatten({ inputShape: feature.shape.slice(1) })] });
  console.log(head, features);
}

main();
