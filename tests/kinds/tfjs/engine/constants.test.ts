import { beforeEach, describe, expect, it } from "vitest";
import { engineMissing, eventsOf, printed, runEngine } from "./run-engine.js";

describe("small tensors with the same values", () => {
  beforeEach((ctx) => {
    const missing = engineMissing();
    if (missing !== undefined) ctx.skip(missing);
  });

  it("are told apart by sign, type and shape, and one may be disposed of while another is in use", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      const shown = (tensor) => String(Array.from(tensor.dataSync()));
      const one = tf.scalar(1);
      console.log(shown(one.div(tf.scalar(0))), shown(one.div(tf.scalar(-0))), shown(tf.scalar(NaN)));
      console.log(shown(tf.scalar(7)), shown(tf.scalar(7, "int32").add(tf.tensor1d([7, 7], "int32"))), tf.tensor([[7]]).add(one).shape);
      const [kept, gone] = [tf.tensor1d([3, 4]), tf.tensor1d([3, 4])];
      kept.add(gone).dataSync();
      gone.dispose();
      console.log(shown(kept.mul(2)), shown(tf.tensor1d([3, 4])));
      const values = new Float32Array([5, 6]);
      const before = tf.tensor1d(values).add(0);
      values[0] = 9;
      console.log(shown(before), shown(tf.tensor1d([5, 6]).add(0)));`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(eventsOf(run, "error")).toEqual([]);
    expect(printed(run)).toEqual(["Infinity -Infinity NaN", "7 14,14 [ 1, 1 ]", "6,8 3,4", "5,6 5,6"]);
  });

  it("stay right when there are more of them than are kept, and after an op that failed", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      const many = Array.from({ length: 1500 }, (_, i) => tf.scalar(i));
      const sum = () => tf.tidy(() => many.reduce((total, one) => total.add(one), tf.scalar(0)).dataSync()[0]);
      console.log(sum(), sum());
      try { tf.ones([40000, 1]).add(tf.scalar(2).mul(tf.ones([1, 40000]))).dataSync(); } catch (error) { console.log(error.message.slice(0, 30)); }
      console.log(tf.scalar(2).mul(3).dataSync()[0], sum());
      many.forEach((one) => one.dispose());
      console.log(tf.scalar(1499).add(1).dataSync()[0]);`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(eventsOf(run, "error")).toEqual([]);
    const total = String((1499 * 1500) / 2);
    expect(printed(run)).toEqual([
      `${total} ${total}`,
      "The tensors of this program wo",
      `6 ${total}`,
      "1500",
    ]);
  });
});
