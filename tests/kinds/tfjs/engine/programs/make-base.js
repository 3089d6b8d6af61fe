// The tiny pretrained base of these tests: two convolutions with BatchNormalization, 16 x 16 RGB to 4 x 4 x 8.
const tf = require("@tensorflow/tfjs");
const name = (name) => ({ name });
const model = tf.sequential({ name: "tinynet" });
model.add(
  tf.layers.conv2d({
    ...name("conv1"),
    inputShape: [16, 16, 3],
    filters: 6,
    kernelSize: 3,
    strides: 2,
    padding: "same",
    useBias: false,
  }),
);
model.add(tf.layers.batchNormalization(name("bn1")));
model.add(tf.layers.reLU({ ...name("relu1"), maxValue: 6 }));
model.add(tf.layers.depthwiseConv2d({ ...name("dw"), kernelSize: 3, padding: "same", useBias: false }));
model.add(tf.layers.conv2d({ ...name("conv2"), filters: 8, kernelSize: 1, strides: 2, padding: "same" }));
model.add(tf.layers.batchNormalization(name("bn2")));
model.add(tf.layers.reLU(name("relu2")));
module.exports = tf.model({ inputs: model.inputs, outputs: model.outputs, name: "tinynet" });
