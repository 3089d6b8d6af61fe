const tf = require("@tensorflow/tfjs-node");
const fs = require("node:fs");
const path = require("node:path");

const MOBILENET = "https://storage.googleapis.com/tfjs-models/tfjs/mobilenet_v1_0.25_224/model.json";
const classes = fs.readdirSync("data/train").sort();

function loadImage(file) {
  return tf.tidy(() =>
    tf.node
      .decodeImage(fs.readFileSync(file), 3)
      .resizeBilinear([224, 224])
      .toFloat()
      .div(127.5)
      .sub(1)
      .expandDims(0),
  );
}

async function features(base, split) {
  const rows = [];
  const labels = [];
  for (const [label, name] of classes.entries()) {
    for (const file of fs.readdirSync(path.join("data", split, name))) {
      const image = loadImage(path.join("data", split, name, file));
      rows.push(base.predict(image));
      labels.push(label);
      image.dispose();
    }
  }
  return { xs: tf.concat(rows), ys: tf.oneHot(tf.tensor1d(labels, "int32"), classes.length).toFloat() };
}

async function main() {
  const mobilenet = await tf.loadLayersModel(MOBILENET);
  const layer = mobilenet.getLayer("conv_pw_13_relu");
  const base = tf.model({ inputs: mobilenet.inputs, outputs: layer.output });
  base.layers.forEach((l) => {
    l.trainable = false;
  });

  const train = await features(base, "train");
  const val = await features(base, "validation");
  const head = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [7, 7, 256] }),
      tf.layers.dense({ units: 128, activation: "relu" }),
      tf.layers.dense({ units: classes.length, activation: "softmax" }),
    ],
  });
  head.compile({ optimizer: tf.train.adam(0.001), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const h = await head.fit(train.xs, train.ys, {
    epochs: 20,
    batchSize: 32,
    validationData: [val.xs, val.ys],
    verbose: 0,
  });
  console.log("val acc", h.history.val_acc[19]);
  await head.save("file://flowers-head");
}

main();
