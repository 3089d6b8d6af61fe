import { beforeEach, describe, expect, it } from "vitest";
import { engineMissing, eventsOf, printed, runEngine } from "./run-engine.js";

describe("ops that wait until their output is used", () => {
  beforeEach((ctx) => {
    const missing = engineMissing();
    if (missing !== undefined) ctx.skip(missing);
  });

  it("have the shapes, types and values that the JavaScript backend gives", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      const f = (...s) => tf.randomUniform(s, 0.5, 2, "float32", 3); const i = (...s) => tf.randomUniform(s, 1, 5, "int32", 4); const b = (...s) => f(...s).greater(1);
      const cases = {
        unary: () => ["neg", "square", "sqrt", "rsqrt", "exp", "log", "abs", "relu", "relu6", "sigmoid", "tanh", "softplus", "elu", "selu", "leakyRelu", "round", "floor", "sign", "isNaN", "zerosLike", "onesLike"].flatMap((op) => [tf[op](f(2, 3)), tf[op](f())]),
        integers: () => ["neg", "square", "abs", "relu", "zerosLike", "round"].map((op) => tf[op](i(2, 3))),
        binary: () => ["add", "sub", "mul", "div", "maximum", "minimum", "pow", "squaredDifference", "mod", "atan2", "divNoNan"].flatMap((op) => [tf[op](f(2, 3), f(3)), tf[op](f(2, 1, 3), f(4, 1)), tf[op](f(2), 3), tf[op](f(), f())]),
        mixed: () => [tf.add(i(2), f(2)), tf.add(i(2), i(2)), tf.mul(f(0, 3), f(1, 3)), tf.equal(i(3), i(3)), tf.greater(f(2, 1), f(1, 2)), tf.logicalAnd(b(2), b(2)), tf.logicalNot(b(3))],
        reduce: () => ["sum", "mean", "max", "min", "prod"].flatMap((op) => [tf[op](f(2, 3, 4)), tf[op](f(2, 3, 4), 1), tf[op](f(2, 3, 4), [0, -1], true), tf[op](i(2, 3), 0)]),
        logic: () => [tf.all(b(2, 3), 0), tf.any(b(2, 3)), tf.where(b(2, 3), f(2, 3), f(2, 3)), tf.where(b(3), f(3), f(3))],
        move: () => [f(2, 6).reshape([3, -1]), f(2, 3).flatten(), i(4).reshape([2, 2]), f(4).cast("int32"), b(3).cast("float32"), i(2).cast("bool"), f(2, 3).transpose(), f(4, 2).slice([1], [2]), f(4, 3, 2).slice([1, 0, 1], [-1, 2, 1]), i(5).slice(2), f(2, 3).softmax(), tf.fill([2, 0, 3], 4), tf.fill([2], 3, "int32"), f(1, 3).squeeze(), f(3).expandDims()],
        product: () => [tf.matMul(f(2, 3), f(3, 4)), tf.matMul(f(3, 2), f(4, 3), true, true), tf.matMul(f(5, 2, 3), f(5, 3, 4)), tf.matMul(f(1, 2, 3), f(5, 3, 4)), tf.dot(f(3), f(3))],
      };
      (async () => {
        for (const [name, make] of Object.entries(cases)) {
          const results = [];
          for (const backend of ["tensorflow", "cpu"]) {
            tf.setBackend(backend);
            results.push(make().map((t) => ({ shape: t.shape, dtype: t.dtype, values: Array.from(t.dataSync(), Number) })));
          }
          const [native, plain] = results;
          const wrong = native.filter((one, k) => one.dtype !== plain[k].dtype || String(one.shape) !== String(plain[k].shape) || one.values.length !== plain[k].values.length || one.values.some((v, j) => Math.abs(v - plain[k].values[j]) > 1e-4 * (1 + Math.abs(v))));
          console.log(name, wrong.length, wrong.length ? JSON.stringify(wrong[0]) : "");
        }
      })();`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(eventsOf(run, "error")).toEqual([]);
    const names = "unary integers binary mixed reduce logic move product".split(" ");
    expect(printed(run).slice(1)).toEqual(names.map((name) => `${name} 0 `));
  });

  it("fail where they are called when their inputs do not fit", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      const wrong = [() => tf.matMul(tf.ones([2, 2]), tf.ones([3, 3])), () => tf.add(tf.ones([2]), tf.ones([3])), () => tf.ones([4]).reshape([3]), () => tf.sum(tf.ones([2]), 3), () => tf.backend().executeSingleOutput("Mul", [{ name: "T", type: 4, value: 1 }], [tf.ones([2]), tf.ones([2], "int32")])];
      for (const call of wrong) try { call(); console.log("no error"); } catch (error) { console.log("error"); }`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(printed(run)).toEqual(Array(5).fill("error"));
  });
});
