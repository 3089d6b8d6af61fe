import * as tf from "@tensorflow/tfjs";
import * as tensorflowImages from "@tensorflow/tfjs-node/dist/image.js";
import { fileSystem, nodeFileSystemRouter } from "@tensorflow/tfjs-node/dist/io/file_system.js";
import type { GuestSettings } from "./host-calls.js";
import { portableImages } from "./portable-images.js";

/**
 * The tf object that programs get: what tfjs-node exports, all of it one instance.
 * @param backend what every name of a backend but `cpu` stands for
 */
export function createNamespace(backend: GuestSettings["backend"]): Record<string, unknown> {
  tf.io.registerLoadRouter(nodeFileSystemRouter);
  tf.io.registerSaveRouter(nodeFileSystemRouter);
  const savedModels = (): never => {
    throw new Error(
      "SavedModel folders cannot be run here. Convert the model to a TensorFlow.js layers model.",
    );
  };
  const images = backend === "tensorflow" ? tensorflowImages : portableImages;
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
      decodeImage: images.decodeImage,
      decodeBmp: images.decodeBmp,
      decodeGif: images.decodeGif,
      decodePng: images.decodePng,
      decodeJpeg: images.decodeJpeg,
      encodeJpeg: images.encodeJpeg,
      encodePng: images.encodePng,
      tensorBoard: silent,
      summaryFileWriter: summary,
      loadSavedModel: savedModels,
      getMetaGraphsFromSavedModel: savedModels,
      getNumOfSavedModels: () => 0,
    },
    // Of tfjs-backend-wasm: where its files are and how many threads it takes is settled here.
    setWasmPath: () => undefined,
    setWasmPaths: () => undefined,
    setThreadsCount: () => undefined,
    setBackend: (name: string) => tf.setBackend(name === "cpu" ? "cpu" : backend),
  };
  // Both flags of one object, so that `import tf from`, `import * as tf from` and `require` all give this object.
  Object.defineProperty(namespace, "__esModule", { value: true });
  namespace["default"] = namespace;
  return namespace;
}
