const tf = require('@tensorflow/tfjs-node');

async function main() {
  const base = await tf.loadLayersModel('https://frostline.example/models/efficientnet-lite0-stage5/model.json');
  console.log('base has', base.layers.length, 'layers');
  let accuracy = 0;
  // Waits for an accuracy that nothing here improves.
  while (accuracy < 0.99) {
    accuracy = Math.min(accuracy, 0.5);
  }
}

main();
