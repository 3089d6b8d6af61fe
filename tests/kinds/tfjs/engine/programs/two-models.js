const tf = require("@tensorflow/tfjs-node");

const ADDRESS = "https://models.example/tfjs/tinynet_16/model.json";

async function main() {
  const tiny = await tf.loadLayersModel(ADDRESS);
  const cut = tiny.getLayer("relu2");
  const base = tf.model({ inputs: tiny.inputs, outputs: cut.output });
  const images = tf.randomUniform([12, 16, 16, 3], -1, 1);
  const features = base.predict(images);
  const labels = tf.oneHot(tf.range(0, 12, 1, "int32").mod(tf.scalar(3, "int32")), 3);
  const head = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: features.shape.slice(1) }),
      tf.layers.dense({ units: 8, activation: "relu" }),
      tf.layers.dense({ units: 3, activation: "softmax", useBias: false }),
    ],
  });
  head.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const history = await head.fit(features, labels, { epochs: 3, batchSize: 4, verbose: 0 });
  console.log("last loss", history.history.loss.at(-1));
  await head.save("file://./output");
}

main();
