import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { decode } from "fast-png";
import { beforeAll, describe, expect, test } from "vitest";
import fromKeras from "./keras-features.json" with { type: "json" };

const bundled = join(import.meta.dirname, "../../src/store/bundled");
const baseFolder = join(bundled, "efficientnet-lite0-stage5");

/** The picture at the top left of a white square, as the base's authors scaled pixels: [1, size, size, 3]. */
function picture(size: number): tf.Tensor4D {
  return tf.tidy(() => {
    const { data, width, height } = decode(readFileSync(join(bundled, "emoji", fromKeras.picture)));
    const pixels = tf.tensor3d(Float32Array.from(data), [height, width, 3]);
    const canvas = tf.pad3d(
      pixels,
      [
        [0, size - height],
        [0, size - width],
        [0, 0],
      ],
      255,
    );
    return canvas.sub(127).div(128).expandDims<tf.Tensor4D>();
  });
}

describe("the bundled base in TensorFlow.js", () => {
  let base: tf.LayersModel;

  beforeAll(async () => {
    await tf.setBackend("cpu");
    const { modelTopology, weightsManifest } = JSON.parse(
      readFileSync(join(baseFolder, "model.json"), "utf8"),
    );
    const weightData = Uint8Array.from(readFileSync(join(baseFolder, "weights.bin"))).buffer;
    const weightSpecs = weightsManifest[0].weights;
    base = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  });

  test.each([64, 96] as const)("gives what Keras gives for a picture of %d px", (size) => {
    const output = base.predict(picture(size)) as tf.Tensor4D;
    const features = output.mean([0, 1, 2]).dataSync();
    const expected = fromKeras.meanOverPlaces[`${size}`];
    const scale = Math.max(...expected.map(Math.abs));
    const furthest = Math.max(...expected.map((value, i) => Math.abs(value - (features[i] ?? Number.NaN))));
    expect(furthest / scale).toBeLessThan(1e-5);
  });

  test("takes any size of picture, so a pooled head fits and a flat one needs an input layer", () => {
    const pooled = tf.sequential({ layers: [base, tf.layers.globalAveragePooling2d({})] });
    expect(pooled.outputShape).toEqual([null, 112]);
    expect(() => tf.sequential({ layers: [base, tf.layers.flatten()] })).toThrow("not fully defined");
    const sized = tf.layers.inputLayer({ inputShape: [64, 64, 3] });
    expect(tf.sequential({ layers: [sized, base, tf.layers.flatten()] }).outputShape).toEqual([
      null,
      4 * 4 * 112,
    ]);
  });
});
