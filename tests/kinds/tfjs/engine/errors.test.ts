import { beforeEach, describe, expect, it } from "vitest";
import { engineMissing, eventsOf, only, printed, runEngine } from "./run-engine.js";

describe("errors of a program", () => {
  beforeEach((ctx) => {
    const missing = engineMissing();
    if (missing !== undefined) ctx.skip(missing);
  });

  it("names the student's own line of an error inside TensorFlow.js", async () => {
    const program = `import * as tf from "@tensorflow/tfjs-node";
interface Sizes {
  units: number;
}
const sizes: Sizes = { units: 3 };
function broken(): tf.Tensor {
  return tf.matMul(tf.ones([2, 2]), tf.ones([3, sizes.units]));
}
broken();`;
    const run = await runEngine({ program: { "main.ts": program } });
    expect(only(run, "error")).toMatchObject({
      phase: "run",
      file: "main.ts",
      line: 7,
      column: 13,
      stack: ["at broken main.ts:7:13", "at main.ts:9:1"],
    });
    expect(only(run, "error").message).toContain("2,2");
  });

  it("names the line of a syntax error, in any language and file", async () => {
    const typescript = await runEngine({ program: { "main.ts": "const a: number = 1;\nconst b = a +;\n" } });
    expect(only(typescript, "error")).toMatchObject({
      phase: "load",
      name: "SyntaxError",
      file: "main.ts",
      line: 2,
    });
    const commonJs = await runEngine({ program: { "main.js": "const a = 1;\nconst a = 2;\n" } });
    expect(only(commonJs, "error")).toMatchObject({ phase: "load", file: "main.js", line: 2 });
    const second = await runEngine({
      program: { "main.js": 'require("./other");', "other.js": "\n\nlet 1x;" },
    });
    expect(only(second, "error")).toMatchObject({ name: "SyntaxError", file: "other.js", line: 3 });
  });

  it("says that an imported file cannot await at its top level", async () => {
    const run = await runEngine({
      program: {
        "main.mjs": 'import "./data.mjs";',
        "data.mjs": "\nexport const x = await Promise.resolve(1);",
      },
    });
    expect(only(run, "error")).toMatchObject({ file: "data.mjs", line: 2 });
    expect(only(run, "error").message).toContain("first file");
  });

  it("reports a rejected promise nobody handles, and what came before it", async () => {
    const program = `console.log("before");
      async function main() { await null; throw new TypeError("from main"); }
      main();`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(printed(run)).toEqual(["before"]);
    expect(only(run, "error")).toMatchObject({
      phase: "unhandled-rejection",
      name: "TypeError",
      message: "from main",
      line: 2,
    });
    expect(run.complete).toBe(true);
  });

  it("reports a top-level await that never settles", async () => {
    const run = await runEngine({ program: { "main.mjs": "await new Promise(() => {});" } });
    expect(only(run, "error").phase).toBe("never-settles");
  });

  it.each([
    ["throw null;", "null"],
    ["throw 1;", "1"],
    ["throw { toString() { return 'never asked'; } };", "an object"],
    ["Promise.reject(7);", ""],
    ["Promise.reject(null);", ""],
  ])("survives %s", async (program, shown) => {
    const run = await runEngine({ program: { "main.js": program } });
    expect(only(run, "error").message).toContain(shown);
    expect(run.complete).toBe(true);
  });

  it("ends cleanly at process.exit, with what was printed until then", async () => {
    const program = `setTimeout(() => console.log("never"), 10);
      console.log("first");
      Promise.resolve().then(() => process.exit(3)).finally(() => {});`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(eventsOf(run, "error")).toEqual([]);
    expect(only(run, "exit")).toMatchObject({ code: 3, why: "process.exit" });
    expect(printed(run)).toEqual(["first"]);
  });

  it.each([
    ["sharp", "tf.node.decodeImage(fs.readFileSync(path), 3)"],
    ["@tensorflow-models/mobilenet", "tf.loadLayersModel"],
    ["@tensorflow/tfjs-vis", "console.log"],
    ["left-pad", "Supported are"],
    ["node:child_process", "alone"],
    ["axios", "no network"],
  ])("says what to use instead of %s", async (name, hint) => {
    const run = await runEngine({ program: { "main.js": `const it = require("${name}");` } });
    expect(only(run, "error")).toMatchObject({ name: "ModuleNotAvailableError", file: "main.js", line: 1 });
    expect(only(run, "error").message).toContain(hint);
  });

  it("keeps modules inside the submission", async () => {
    const run = await runEngine({
      program: {
        "main.js": `for (const name of ["../outside", "/etc/passwd", "./missing"])
            try { require(name); } catch (error) { console.log(error.code); }
          const fs = require("fs");
          for (const path of ["/etc/passwd", "../../../../etc/passwd", "/proc/self/environ", "/submission/../etc/hosts"])
            try { console.log(fs.readFileSync(path, "utf8")); } catch (error) { console.log(error.code); }`,
      },
    });
    expect(printed(run)).toEqual([...Array(3).fill("MODULE_NOT_FOUND"), ...Array(4).fill("ENOENT")]);
  });

  it("cuts long messages and counts what is printed too much", async () => {
    const program = `console.log("x".repeat(1000)); for (let i = 0; i < 100; i++) console.log("y".repeat(100)); throw new Error("z".repeat(1e6));`;
    const run = await runEngine({ program: { "main.js": program }, limits: { consoleBytes: 2000 } });
    expect(only(run, "error").message).toHaveLength(4000);
    expect(printed(run).join("").length).toBeLessThanOrEqual(2000);
    expect(only(run, "silenced").bytes).toBe(2000);
  });
});
