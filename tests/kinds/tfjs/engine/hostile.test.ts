import { beforeEach, describe, expect, it } from "vitest";
import { type EngineRun, engineMissing, eventsOf, only, printed, runEngine } from "./run-engine.js";

const TRAIN = `const tf = require("@tensorflow/tfjs-node");
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], name: "out" })] });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });`;
const FIT = `model.fit(tf.ones([4, 2]), tf.ones([4, 1]), { epochs: 2 }).then(() => model.save("file://out"));`;

/** Well before the 60 seconds that writing the models may take, on a busy machine too. */
const NOT_HUNG_MS = 25_000;

/** Which of the two happens to a program depends on the version of V8. */
const endedForMemory = (run: EngineRun): boolean =>
  run.complete ? only(run, "error").phase === "memory" : run.signal === "SIGABRT";

describe("hostile programs", () => {
  beforeEach((ctx) => {
    const missing = engineMissing();
    if (missing !== undefined) ctx.skip(missing);
  });

  it.each([
    ["js-loop", "for (;;);"],
    ["js-microtask-loop", "(async () => { for (;;) await null; })();"],
    ["js-timer-loop", "const again = () => setImmediate(again); again();"],
    ["js-regex", '/^(a+)+$/.test("a".repeat(40) + "b");'],
    ["js-op-loop", 'const tf = require("@tensorflow/tfjs"); for (;;) tf.ones([10]).square().dispose();'],
  ])("%s is cut off by the time limit", async (_, program) => {
    const run = await runEngine({ program: { "main.js": program }, limits: { seconds: 0.5 } });
    expect(only(run, "error").phase).toBe("seconds");
    expect(run.wallMs).toBeLessThan(NOT_HUNG_MS);
  });

  it("counts waits for timers as the program's time, without waiting", async () => {
    const program = `setTimeout(() => console.log("in time"), 40_000);
      setTimeout(() => console.log("a second after a month"), 31 * 86_400_000);
      setTimeout(() => console.log("too late"), 80_000);`;
    const run = await runEngine({ program: { "main.js": program }, limits: { seconds: 60 } });
    expect(printed(run)).toEqual(["a second after a month", "in time"]);
    expect(only(run, "error").phase).toBe("seconds");
    expect(only(run, "done").skippedSeconds).toBe(68);
    expect(run.wallMs).toBeLessThan(NOT_HUNG_MS);
  });

  it("hands back the last fitted model of a program that loops afterwards", async () => {
    const program = `${TRAIN} model.fit(tf.ones([4, 2]), tf.ones([4, 1]), { epochs: 2 }).then(() => { for (;;); });`;
    const run = await runEngine({ program: { "main.js": program }, limits: { seconds: 1 } });
    expect(only(run, "error").phase).toBe("seconds");
    expect(only(run, "artifact").source).toBe("last-fit");
    expect(run.files).toHaveLength(2);
  });

  it.each([
    ["js-error-getter", 'throw Object.defineProperty(new Error("x"), "message", { get() { for (;;); } });'],
    ["js-throw-proxy", "throw new Proxy({}, { get() { for (;;); } });"],
    ["js-error-stack", 'throw Object.defineProperty(new Error("x"), "stack", { get() { for (;;); } });'],
  ])("%s does not hang the host", async (_, program) => {
    const run = await runEngine({ program: { "main.js": program }, limits: { seconds: 0.5 } });
    expect(eventsOf(run, "error").length).toBeGreaterThan(0);
    expect(run.wallMs).toBeLessThan(NOT_HUNG_MS);
  });

  it.each([
    ["js-heap-oom", "const all = []; for (;;) all.push(new Array(100_000).fill(Math.random()));"],
    [
      "js-string-oom",
      'let text = "x"; const all = []; for (;;) { text += text.slice(0, 1e6); all.push(text + all.length); }',
    ],
    ["js-typed-oom", "const all = []; for (;;) all.push(new Float32Array(1e6));"],
  ])("%s ends for its memory", { timeout: 120_000 }, async (_, program) => {
    const run = await runEngine({ program: { "main.js": program }, limits: { memoryMb: 256, seconds: 90 } });
    expect(endedForMemory(run)).toBe(true);
  });

  it("leaves its story when V8 gives up", { timeout: 120_000 }, async () => {
    // More than one map, for some V8s let a single one grow no further while there is memory.
    const program =
      'console.log("before"); const all = []; for (;;) { const map = new Map(); all.push(map); for (let i = 0; i < 1e6; i++) map.set(i, i); }';
    const run = await runEngine({ program: { "main.js": program }, limits: { memoryMb: 64, seconds: 90 } });
    expect(printed(run)).toEqual(["before"]);
    expect(endedForMemory(run)).toBe(true);
  });

  it("refuses tensors beyond the budget before they are made", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      for (const make of [() => tf.fill([50000, 50000], 1), () => tf.ones([40000, 1]).add(tf.ones([1, 40000])), () => tf.ones([2000, 2000]).tile([50, 50]), () => tf.image.resizeBilinear(tf.zeros([1, 2, 2, 3]), [30000, 30000])])
        try { make(); console.log("made"); } catch (error) { console.log(/\\d+ MB are allowed/.test(error.message)); }
      const kept = [];
      try { for (;;) kept.push(tf.ones([1000, 1000]).add(1)); } catch (error) { console.log(kept.length > 40, error.message.includes("dispose")); }`;
    const run = await runEngine({ program: { "main.js": program }, limits: { memoryMb: 512 } });
    expect(printed(run)).toEqual(["true", "true", "true", "true", "true true"]);
    expect(only(run, "done").peakTensorBytes).toBeLessThan(540e6);
  });

  it("has no WebAssembly, no shared memory and no way to the host", async () => {
    const program = `console.log(typeof WebAssembly, typeof SharedArrayBuffer, typeof Atomics, typeof registerOp);
      const reach = [
        () => this.constructor.constructor("return process")().binding,
        () => require("fs").constructor.constructor("return globalThis.process.mainModule")(),
        () => { try { require("@tensorflow/tfjs").engine().runKernel("Nope", {}); } catch (error) { return error.constructor.constructor("return typeof require")(); } },
        () => { Error.prepareStackTrace = (_, frames) => frames.map((frame) => String(frame.getThis?.())); return new Error().stack; },
      ];
      for (const attempt of reach) try { console.log(String(attempt()).includes("host") ? "reached" : "nothing"); } catch (error) { console.log("nothing"); }`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(printed(run)).toEqual(["undefined undefined undefined undefined", ...Array(4).fill("nothing")]);
  });

  it("records the same story when methods are replaced", async () => {
    const honest = await runEngine({ program: { "main.js": TRAIN + FIT } });
    const patched = `"use strict"; const overrides = [];
      const put = (owner, name, value) => { try { owner[name] = value; } catch (error) { overrides.push(name); } };
      put(JSON, "stringify", () => "{}"); put(Array.prototype, "push", () => 0); put(Array.prototype, "map", () => []);
      put(Map.prototype, "get", () => undefined); put(Promise.prototype, "then", () => undefined);
      put(globalThis, "Float32Array", Array); put(globalThis, "JSON", {}); put(Object, "entries", () => []);
      const tfjs = require("@tensorflow/tfjs-node");
      put(tfjs.LayersModel.prototype, "fit", async () => ({ history: { acc: [1] } }));
      put(tfjs.Sequential.prototype, "fit", async () => ({ history: { acc: [1] } }));
      put(tfjs.Tensor.prototype, "dataSync", () => new Float32Array([1]));
      ${TRAIN.replace("const tf", "const tf = tfjs; const tf2")} ${FIT}`;
    const run = await runEngine({ program: { "main.js": patched } });
    expect(only(run, "fitEnd").digests).toEqual(only(honest, "fitEnd").digests);
    expect(run.files.map((file) => file.bytes.length)).toEqual(honest.files.map((file) => file.bytes.length));
  });

  it("survives clocks, deep recursion and huge results", async () => {
    const program = `${TRAIN}
      Date.now = () => 1e15; try { performance.now = () => 0; } catch {}
      const deep = () => deep(); try { deep(); } catch (error) { console.log(error.name); }
      let nested = {}; for (let i = 0; i < 1e5; i++) nested = { nested };
      try { structuredClone(nested); } catch (error) { console.log(error.name); }
      console.log(nested);
      module.exports = { big: new Array(2 ** 32 - 1), text: "x".repeat(2 ** 28), model };`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(printed(run).slice(0, 2)).toEqual(["RangeError", "RangeError"]);
    expect(only(run, "exports").names).toEqual({ big: "object", text: "string", model: "model" });
    expect(run.files).toHaveLength(2);
  });

  it("refuses a model that passes the output limit", async () => {
    const program = `${TRAIN.replace("inputShape: [2]", "inputShape: [100000]")} module.exports = model;`;
    const run = await runEngine({ program: { "main.js": program }, limits: { outputBytes: 100_000 } });
    expect(only(run, "error")).toMatchObject({ phase: "artifact" });
    expect(run.files).toEqual([]);
    expect(run.complete).toBe(true);
  });

  it("does not run ops that TensorFlow has beyond tfjs-node's", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      for (const op of ["ReadFile", "WriteFile", "MatchingFiles", "SummaryWriter"])
        try { tf.backend().executeSingleOutput(op, [], [tf.scalar("/etc/passwd")]); console.log("ran"); } catch (error) { console.log(error.message); }`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(printed(run)).toEqual(
      ["ReadFile", "WriteFile", "MatchingFiles", "SummaryWriter"].map((op) => expect.stringContaining(op)),
    );
    expect(printed(run).join()).not.toContain("ran");
  });
});
