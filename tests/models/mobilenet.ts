import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Json, SavedModel } from "../../src/contract/index.js";
import { REFERENCE } from "../reference.js";

const FOLDER = path.join(REFERENCE, "data", "mobilenet_v1_0.25_224-tfjs");

/** Why the published MobileNet cannot be tested here; null when it can. */
export const mobilenetMissing = (): string | null =>
  existsSync(path.join(FOLDER, "model.json")) ? null : "the reference data with MobileNet is not here";

/** The published MobileNet V1 0.25/224 with its 1000 classes, as TensorFlow.js loads it. */
export function mobilenet(): SavedModel {
  const files = new Map<string, Uint8Array>();
  for (const name of readdirSync(FOLDER)) files.set(name, readFileSync(path.join(FOLDER, name)));
  const description = JSON.parse(readFileSync(path.join(FOLDER, "model.json"), "utf8")) as {
    modelTopology: Json;
  };
  // The reference copy may come without its topology, which is that of Keras 2.1.4's MobileNet.
  description.modelTopology ??= { keras_version: "2.1.4", backend: "tensorflow", model_config: topology() };
  files.set("model.json", new TextEncoder().encode(JSON.stringify(description)));
  return { main: "model.json", files };
}

const STRIDED_BLOCKS = new Set([2, 4, 6, 12]);
const FILTERS = [16, 32, 32, 64, 64, 128, 128, 128, 128, 128, 128, 256, 256];

function topology(): Json {
  const layers: { name: string; class_name: string; config: { [key: string]: Json }; inbound_nodes: Json }[] =
    [];
  let previous = "";
  const add = (class_name: string, name: string, config: { [key: string]: Json }): void => {
    const inbound_nodes = previous === "" ? [] : [[[previous, 0, 0, {}]]];
    layers.push({ name, class_name, config: { name, trainable: true, ...config }, inbound_nodes });
    previous = name;
  };
  const normalised = (prefix: string): void => {
    add("BatchNormalization", `${prefix}_bn`, {
      axis: -1,
      epsilon: 0.001,
      momentum: 0.99,
      scale: true,
      center: true,
    });
    add("Activation", `${prefix}_relu`, { activation: "relu6" });
  };
  const kernel = { padding: "same", use_bias: false, activation: "linear", data_format: "channels_last" };
  add("InputLayer", "input_1", { batch_input_shape: [null, 224, 224, 3], dtype: "float32", sparse: false });
  add("Conv2D", "conv1", { ...kernel, filters: 8, kernel_size: [3, 3], strides: [2, 2] });
  normalised("conv1");
  for (const [index, filters] of FILTERS.entries()) {
    const block = index + 1;
    const stride = STRIDED_BLOCKS.has(block) ? 2 : 1;
    const depthwise = { ...kernel, kernel_size: [3, 3], strides: [stride, stride], depth_multiplier: 1 };
    add("DepthwiseConv2D", `conv_dw_${block}`, depthwise);
    normalised(`conv_dw_${block}`);
    add("Conv2D", `conv_pw_${block}`, { ...kernel, filters, kernel_size: [1, 1], strides: [1, 1] });
    normalised(`conv_pw_${block}`);
  }
  add("GlobalAveragePooling2D", "global_average_pooling2d_1", { data_format: "channels_last" });
  add("Reshape", "reshape_1", { target_shape: [1, 1, 256] });
  add("Dropout", "dropout", { rate: 0.001 });
  add("Conv2D", "conv_preds", {
    ...kernel,
    use_bias: true,
    filters: 1000,
    kernel_size: [1, 1],
    strides: [1, 1],
  });
  add("Activation", "act_softmax", { activation: "softmax" });
  add("Reshape", "reshape_2", { target_shape: [1000] });
  const ends = { input_layers: [["input_1", 0, 0]], output_layers: [["reshape_2", 0, 0]] };
  return { class_name: "Model", config: { name: "mobilenet_0.25_224", layers: layers as Json[], ...ends } };
}
