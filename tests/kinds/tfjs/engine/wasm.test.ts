import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { beforeEach, describe, expect, it } from "vitest";
import { WASM_KERNELS } from "../../../../src/kinds/tfjs/engine/wasm-kernels.js";
import { engineMissing, eventsOf, only, printed, runEngine } from "./run-engine.js";

/** Kernels of the backend that run in the isolate all the same. */
const LEFT_OUT =
  "Bincount BitwiseAnd BroadcastArgs Conv3DBackpropFilterV2 Conv3DBackpropInputV2 DenseBincount FloorDiv GatherNd Identity LogicalXor MaxPoolWithArgmax Multinomial " +
  "NonMaxSuppressionV4 NonMaxSuppressionV5 Range ScatterNd SearchSorted SparseFillEmptyRows SparseReshape " +
  "SparseSegmentMean SparseSegmentSum SparseToDense StringNGrams StringSplit StringToHashBucketFast " +
  "TensorScatterUpdate Unique";
/** Kernels that the backend lacks and the host composes. */
const COMPOSED =
  "Conv2DBackpropFilter DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput";

const wasm = (program: string, limits = {}): ReturnType<typeof runEngine> =>
  runEngine({ program: { "main.js": program }, backend: "wasm", limits });

describe("programs on WebAssembly kernels", () => {
  beforeEach((ctx) => {
    const missing = engineMissing("wasm");
    if (missing !== undefined) ctx.skip(missing);
  });

  it("may use the backend's kernels, but for those that stay in the isolate", () => {
    const own = tf.getKernelsForBackend("wasm").map(({ kernelName }) => kernelName);
    const expected = [
      ...own.filter((name) => !LEFT_OUT.split(" ").includes(name)),
      ...COMPOSED.split(" ").filter((name) => !own.includes(name)),
    ];
    expect([...WASM_KERNELS].toSorted()).toEqual(expected.toSorted());
  });

  it("get from every kernel, for every type of number, what the JavaScript backend gives", async () => {
    const run = await runEngine({ program: "every-kernel.js", backend: "wasm", limits: { seconds: 100 } });
    expect(eventsOf(run, "error")).toEqual([]);
    expect(printed(run).filter((line) => line.startsWith("WRONG"))).toEqual([]);
    const used = new Set(printed(run).at(-1)?.split(" "));
    expect([...WASM_KERNELS].filter((name) => !used.has(name))).toEqual([]);
  });

  it("hand back a trained model and the digests of its weights", async () => {
    const run = await wasm(`const tf = require("@tensorflow/tfjs-node");
      const model = tf.sequential({ layers: [
        tf.layers.conv2d({ inputShape: [6, 6, 2], filters: 3, kernelSize: 3, trainable: false, name: "frozen" }),
        tf.layers.flatten(), tf.layers.dense({ units: 1, name: "out" }),
      ] });
      model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
      model.fit(tf.ones([8, 6, 6, 2]), tf.ones([8, 1]), { epochs: 3 }).then(() => { console.log(tf.getBackend()); return model.save("file://out"); });`);
    expect(only(run, "start").backend).toBe("wasm");
    expect(printed(run)).toEqual(["wasm"]);
    expect(only(run, "fitEnd").changed).toEqual(["out/kernel", "out/bias"]);
    expect(Object.keys(only(run, "fitEnd").digests)).toHaveLength(4);
    expect(run.files).toHaveLength(2);
  });

  it("decode and encode pictures without TensorFlow, and do not blame the program for what that cannot do", async () => {
    const run = await wasm(`const tf = require("@tensorflow/tfjs-node");
      (async () => {
        const picture = tf.tensor3d([255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30], [2, 2, 3], "int32");
        const png = await tf.node.encodePng(picture); const jpeg = await tf.node.encodeJpeg(picture, "", 100);
        console.log(Array.from(tf.node.decodeImage(png).dataSync()).join(), tf.node.decodeImage(png, 1).shape.join(), tf.node.decodePng(png, 4).dataSync()[3]);
        console.log(tf.node.decodeImage(jpeg, 3).shape.join(), tf.node.decodeJpeg(jpeg).dtype);
        tf.node.decodeImage(new Uint8Array([0x47, 0x49, 0x46, 0x38, 0x39]));
      })();`);
    expect(printed(run)).toEqual(["255,0,0,0,255,0,0,0,255,10,20,30 2,2,1 255", "2,2,3 int32"]);
    expect(only(run, "error").name).toBe("TensorflowNeededError");
  });

  it("have no WebAssembly of their own, and none of the kernels beyond the list", async () => {
    const run = await wasm(`const tf = require("@tensorflow/tfjs");
      console.log(typeof WebAssembly, typeof SharedArrayBuffer, typeof Atomics);
      console.log(typeof Function("return this")().WebAssembly);
      try { tf.engine().runKernel("StringSplit", {}); } catch (error) { console.log("refused"); }`);
    expect(printed(run)).toEqual(["undefined undefined undefined", "undefined", "refused"]);
  });

  it("are refused tensors beyond the budget before they are made", async () => {
    const run = await wasm(
      `const tf = require("@tensorflow/tfjs-node");
      for (const make of [() => tf.fill([50000, 50000], 1), () => tf.ones([40000, 1]).add(tf.ones([1, 40000])), () => tf.ones([2000, 2000]).tile([50, 50]), () => tf.image.resizeBilinear(tf.zeros([1, 2, 2, 3]), [30000, 30000]), () => tf.engine().runKernel("Fill", {}, { shape: [-5], value: 1, dtype: "float32" })])
        try { make(); console.log("made"); } catch (error) { console.log(/MB are allowed/.test(error.message)); }
      const kept = [];
      try { for (;;) kept.push(tf.ones([1000, 1000]).add(1)); } catch (error) { console.log(kept.length > 40, error.message.includes("dispose")); }`,
      { memoryMb: 512 },
    );
    expect(printed(run)).toEqual(["true", "true", "true", "true", "true", "true true"]);
    expect(only(run, "done").peakTensorBytes).toBeLessThan(540e6);
  });

  it("do not break out of WebAssembly's memory with shapes that lie", async () => {
    const run = await wasm(`const tf = require("@tensorflow/tfjs");
      const lie = { dataId: tf.ones([1]).dataId, shape: [1000, 1000], dtype: "float32" };
      for (const [kernel, inputs, attrs] of [["Relu", { x: lie }], ["GatherV2", { x: tf.ones([2, 2]), indices: tf.tensor1d([2 ** 30, -7], "int32") }, { axis: 0, batchDims: 0 }], ["Transpose", { x: tf.ones([2, 2]) }, { perm: [7, 9] }], ["Conv2D", { x: tf.ones([1, 2, 2, 1]), filter: tf.ones([3, 3, 1, 1]) }, { strides: [0, 0], pad: 1e6 }]])
        try { tf.engine().runKernel(kernel, inputs, attrs); } catch {}
      console.log("went on");`);
    expect(printed(run)).toEqual(["went on"]);
    expect(run.signal).toBeNull();
  });

  it.for(["tensorflow", "wasm"] as const)("may take a large data set apart, on %s", async (backend, ctx) => {
    const missing = engineMissing(backend);
    if (missing !== undefined) return ctx.skip(missing);
    const program = `const tf = require("@tensorflow/tfjs");
      const all = tf.unstack(tf.range(0, 24000).reshape([3000, 2, 2, 2]));
      console.log(all.length, all[2999].shape.join(), all[2999].dataSync()[7]);`;
    const run = await runEngine({ program: { "main.js": program }, backend });
    expect(printed(run)).toEqual(["3000 2,2,2 23999"]);
  });

  it("are cut off by the time limit inside a loop of ops", async () => {
    const loop = 'const tf = require("@tensorflow/tfjs"); for (;;) tf.ones([10]).square().dispose();';
    const run = await wasm(loop, { seconds: 0.5 });
    expect(only(run, "error").phase).toBe("seconds");
  });

  it("may call a kernel with ever new attributes", async () => {
    const run = await wasm(`const tf = require("@tensorflow/tfjs"); const x = tf.range(0, 3000);
      let sum = 0;
      for (let i = 0; i < 3000; i++) sum += tf.tidy(() => x.slice([i], [1]).dataSync()[0]);
      console.log(sum);`);
    expect(printed(run)).toEqual([String((2999 * 3000) / 2)]);
  });
});
