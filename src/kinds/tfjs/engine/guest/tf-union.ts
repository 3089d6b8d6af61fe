// What `@tensorflow/tfjs` exports, without its WebGL backend; the build puts this file in its place.
import "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import { version_cpu } from "@tensorflow/tfjs-backend-cpu";
import { version_converter } from "@tensorflow/tfjs-converter";
import { version_core } from "@tensorflow/tfjs-core";
import * as data from "@tensorflow/tfjs-data";
import { version_layers } from "@tensorflow/tfjs-layers";

export * from "@tensorflow/tfjs-backend-cpu";
export * from "@tensorflow/tfjs-converter";
export * from "@tensorflow/tfjs-core";
export * from "@tensorflow/tfjs-layers";
export { data };
export const version = {
  "tfjs-core": version_core,
  "tfjs-backend-cpu": version_cpu,
  "tfjs-data": data.version_data,
  "tfjs-layers": version_layers,
  "tfjs-converter": version_converter,
  tfjs: version_core,
};
