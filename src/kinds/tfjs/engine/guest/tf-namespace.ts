import * as tf from "@tensorflow/tfjs";
import {
  decodeBmp,
  decodeGif,
  decodeImage,
  decodeJpeg,
  decodePng,
  encodeJpeg,
  encodePng,
} from "@tensorflow/tfjs-node/dist/image.js";
import { fileSystem, nodeFileSystemRouter } from "@tensorflow/tfjs-node/dist/io/file_system.js";

/** The tf object that programs get: what tfjs-node exports, all of it one instance. */
export function createNamespace(): Record<string, unknown> {
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
  const savedModels = (): never => {
    throw new Error(
      "SavedModel folders cannot be run here. Convert the model to a TensorFlow.js layers model.",
    );
  };
  // TensorBoard writes files nobody will read here; training goes on without it.
  const silent = (): object => new tf.CustomCallback({});
  const summary = (): object => ({
    scalar: () => undefined,
    histogram: () => undefined,
    flush: () => undefined,
  });
  const namespace: Record<string, unknown> = {
    ...tf,
    version: { ...tf.version, "tfjs-node": tf.version.tfjs },
    io: { ...tf.io, fileSystem },
    node: {
      decodeImage,
      decodeBmp,
      decodeGif,
      decodePng,
      decodeJpeg,
      encodeJpeg,
      encodePng,
      tensorBoard: silent,
      summaryFileWriter: summary,
      loadSavedModel: savedModels,
      getMetaGraphsFromSavedModel: savedModels,
      getNumOfSavedModels: () => 0,
    },
    setBackend: (name: string) => tf.setBackend(name === "cpu" ? "cpu" : "tensorflow"),
  };
  // Both flags of one object, so that `import tf from`, `import * as tf from` and `require` all give this object.
  Object.defineProperty(namespace, "__esModule", { value: true });
  namespace["default"] = namespace;
  return namespace;
}
