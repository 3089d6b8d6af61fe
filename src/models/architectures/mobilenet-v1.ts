import type { Json } from "../../contract/index.js";

/** Strides of the 13 depthwise blocks (Howard et al. 2017, table 1). */
const STRIDES = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];

/** Names and shapes of the weights, as a manifest lists them. */
export type NamedShapes = ReadonlyMap<string, readonly number[]>;

/**
 * The layers of a MobileNet V1 whose file holds only its weights, as a Keras 2 configuration that TensorFlow.js
 * loads. Widths come from the weights; layer names are the published ones.
 * @returns null when the weights are not those of a MobileNet V1
 */
export function mobilenetV1Topology(weights: NamedShapes, inputSize: number): Json | null {
  const widths = STRIDES.map((_, block) => weights.get(`conv_pw_${block + 1}/kernel`)?.[3]);
  const first = weights.get("conv1/kernel")?.[3];
  if (first === undefined || widths.some((width) => width === undefined)) return null;
  const classes = weights.get("conv_preds/kernel")?.[3];
  const chain = [
    ...stem(first),
    ...STRIDES.flatMap((stride, index) => block(index + 1, stride, widths[index] ?? 0)),
    ...(classes === undefined ? [] : top(widths.at(-1) ?? 0, classes)),
  ];
  const input = layer("InputLayer", "input_1", {
    batch_input_shape: [null, inputSize, inputSize, 3],
    dtype: "float32",
    sparse: false,
  });
  const layers = [input, ...chain].map((one, index, all) => ({
    ...one,
    inbound_nodes: index === 0 ? [] : [[[all[index - 1]?.name ?? "", 0, 0, {}]]],
  }));
  const output = layers.at(-1)?.name ?? "";
  return {
    keras_version: "2.1.4",
    backend: "tensorflow",
    model_config: {
      class_name: "Model",
      config: {
        name: "mobilenet",
        layers,
        input_layers: [["input_1", 0, 0]],
        output_layers: [[output, 0, 0]],
      },
    },
  };
}

interface Layer {
  class_name: string;
  name: string;
  config: { [key: string]: Json };
}

function layer(className: string, name: string, config: { [key: string]: Json }): Layer {
  return { class_name: className, name, config: { name, trainable: true, ...config } };
}

const pad = (name: string): Layer =>
  layer("ZeroPadding2D", name, {
    padding: [
      [0, 1],
      [0, 1],
    ],
    data_format: "channels_last",
  });

const normalised = (name: string): Layer[] => [
  layer("BatchNormalization", `${name}_bn`, {
    axis: -1,
    momentum: 0.99,
    epsilon: 0.001,
    center: true,
    scale: true,
  }),
  layer("Activation", `${name}_relu`, { activation: "relu6" }),
];

const convolution = (name: string, filters: number, size: number, stride: number, bias: boolean): Layer =>
  layer("Conv2D", name, {
    filters,
    kernel_size: [size, size],
    strides: [stride, stride],
    padding: stride === 1 ? "same" : "valid",
    data_format: "channels_last",
    dilation_rate: [1, 1],
    activation: "linear",
    use_bias: bias,
  });

function stem(filters: number): Layer[] {
  return [pad("conv1_pad"), convolution("conv1", filters, 3, 2, false), ...normalised("conv1")];
}

function block(number: number, stride: number, filters: number): Layer[] {
  const depthwise = layer("DepthwiseConv2D", `conv_dw_${number}`, {
    kernel_size: [3, 3],
    strides: [stride, stride],
    padding: stride === 1 ? "same" : "valid",
    data_format: "channels_last",
    depth_multiplier: 1,
    activation: "linear",
    use_bias: false,
  });
  return [
    ...(stride === 1 ? [] : [pad(`conv_pad_${number}`)]),
    depthwise,
    ...normalised(`conv_dw_${number}`),
    convolution(`conv_pw_${number}`, filters, 1, 1, false),
    ...normalised(`conv_pw_${number}`),
  ];
}

function top(width: number, classes: number): Layer[] {
  return [
    layer("GlobalAveragePooling2D", "global_average_pooling2d_1", { data_format: "channels_last" }),
    layer("Reshape", "reshape_1", { target_shape: [1, 1, width] }),
    layer("Dropout", "dropout", { rate: 0.001 }),
    convolution("conv_preds", classes, 1, 1, true),
    layer("Activation", "act_softmax", { activation: "softmax" }),
    layer("Reshape", "reshape_2", { target_shape: [classes] }),
  ];
}
