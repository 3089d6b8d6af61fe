const tf = require("@tensorflow/tfjs-node");

const ADDRESS = "https://storage.googleapis.com/tfjs-models/tfjs/mobilenet_v1_0.25_224/model.json";

async function main() {
  const mobilenet = await tf.loadLayersModel(ADDRESS);
  const cut = mobilenet.getLayer("conv_pw_13_relu");
  const base = tf.model({ inputs: mobilenet.inputs, outputs: cut.output });
  const images = tf.randomUniform([12, 224, 224, 3], -1, 1);
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
