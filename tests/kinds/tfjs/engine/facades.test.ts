import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { encode } from "fast-png";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { engineMissing, eventsOf, printed, runEngine } from "./run-engine.js";

describe("Node's modules and globals as programs see them", () => {
  const data = mkdtempSync(path.join(tmpdir(), "frostline-data-"));
  beforeAll(() => {
    for (const [folder, level] of [
      ["cat", 10],
      ["dog", 200],
    ] as const) {
      mkdirSync(path.join(data, "train", folder), { recursive: true });
      const pixels = new Uint8Array(4 * 4 * 3).fill(level);
      writeFileSync(
        path.join(data, "train", folder, "a.png"),
        encode({ width: 4, height: 4, data: pixels, channels: 3 }),
      );
    }
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));
  beforeEach((ctx) => {
    const missing = engineMissing();
    if (missing !== undefined) ctx.skip(missing);
  });

  it("reads pictures from the data folder in every way of fs and decodes them", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node"); const fs = require("fs"); const path = require("path");
      const { promisify } = require("util"); const fse = require("fs-extra"); const fsp = require("fs/promises");
      (async () => {
        const dir = path.join(__dirname, "data", "train");
        console.log(fs.readdirSync(dir), await promisify(fs.readdir)("data/train/cat"), await fsp.readdir("./data"));
        console.log(fs.readdirSync("data", { recursive: true }).length, fs.readdirSync(dir, { withFileTypes: true }).map((e) => e.isDirectory()));
        const buffer = fs.readFileSync(path.join(dir, "dog", "a.png"));
        const image = tf.node.decodeImage(buffer, 3);
        console.log(Buffer.isBuffer(buffer), image.shape, image.dtype, image.mean().dataSync()[0], tf.node.decodePng(buffer).shape);
        const scaled = image.resizeBilinear([2, 2]).expandDims().toFloat().div(127).sub(1);
        console.log(scaled.shape, scaled.max().dataSync()[0].toFixed(3));
        const jpeg = await tf.node.encodeJpeg(tf.cast(image, "int32"));
        console.log(tf.node.decodeJpeg(jpeg, 1).shape, tf.node.getNumOfSavedModels());
        fs.readFile("data/train/cat/a.png", (error, bytes) => console.log(error, bytes.length > 0));
        console.log(await fse.pathExists("data/train"), fs.existsSync("nowhere"), fs.statSync("data/train").isDirectory());
        const { xs } = await tf.data.array([buffer]).map((b) => ({ xs: tf.node.decodeImage(b) })).iterator().then((i) => i.next()).then((r) => r.value);
        console.log(xs.shape);
      })();`;
    const run = await runEngine({ program: { "main.js": program }, data });
    expect(eventsOf(run, "error")).toEqual([]);
    expect(printed(run)).toEqual([
      "[ 'cat', 'dog' ] [ 'a.png' ] [ 'train' ]",
      "5 [ true, true ]",
      "true [ 4, 4, 3 ] int32 200 [ 4, 4, 3 ]",
      "[ 1, 2, 2, 3 ] 0.575",
      "[ 4, 4, 1 ] 0",
      "null true",
      "true false true",
      "[ 4, 4, 3 ]",
    ]);
  });

  it("keeps what is written in memory and hands it over", async () => {
    const program = `const fs = require("fs"); const fse = require("fs-extra");
      fs.mkdirSync("out/deep", { recursive: true });
      fs.writeFileSync("out/deep/classes.json", JSON.stringify(["cat", "dog"]));
      fs.appendFileSync("log.txt", "a"); fs.appendFileSync("log.txt", "b");
      fse.writeJsonSync("x.json", { a: 1 });
      console.log(fs.readFileSync("log.txt", "utf8"), fs.readdirSync("out"), fse.readJsonSync("x.json").a);
      fs.unlinkSync("x.json");
      for (const [call, ...args] of [["writeFileSync", "no/folder.txt", "x"], ["unlinkSync", "main.js"], ["writeFileSync", "/etc/x", "x"], ["mkdirSync", "out"]])
        try { fs[call](...args); console.log("did", call); } catch (error) { console.log(error.code); }`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(printed(run)).toEqual(["ab [ 'deep' ] 1", "ENOENT", "EROFS", "ENOENT", "EEXIST"]);
    expect(eventsOf(run, "wrote")).toEqual([
      { ev: "wrote", path: "out/deep/classes.json", bytes: 13, text: '["cat","dog"]' },
      { ev: "wrote", path: "log.txt", bytes: 2, text: "ab" },
    ]);
  });

  it("has process, timers in virtual time, encodings and the usual modules", async () => {
    const program = `const path = require("node:path"); const os = require("os"); const assert = require("assert");
      const { EventEmitter } = require("events"); const { performance } = require("perf_hooks"); const url = require("url"); const util = require("util");
      console.log(process.cwd(), process.argv.length, process.argv[2], Object.keys(process.env).length, __filename, path.basename(__filename, ".js"), require.main === module);
      const t = performance.now(), d = Date.now();
      setTimeout(() => console.log("later", performance.now() - t >= 5000, Date.now() - d >= 4990), 5000);
      const interval = setInterval(() => { console.log("tick"); clearInterval(interval); }, 1000);
      console.log(Buffer.from("héllo").toString("base64"), Buffer.from("aGk=", "base64").toString(), Buffer.concat([Buffer.from([1]), Buffer.from([2])]), Buffer.from("ff", "hex")[0]);
      console.log(new TextDecoder().decode(new TextEncoder().encode("日本 😀")), atob(btoa("x")), new URL("./data/a.txt", "file:///submission/main.js").pathname, url.fileURLToPath("file:///a%20b"));
      const e = new EventEmitter(); e.once("x", (v) => console.log("event", v)); e.emit("x", 1); e.emit("x", 2);
      try { assert.deepStrictEqual({ a: 1 }, { a: 2 }); } catch (error) { console.log(error.code); }
      console.log("%s is %d", "x", 3, { a: [1, { b: new Map([["k", 1]]) }] }, [undefined, null, -0], new Set([1]), class A {}, () => {});
      console.log(util.inspect(new Float32Array([1, 2])), util.format("%j", { a: 1 }), os.EOL === "\\n", structuredClone({ a: new Date(0) }).a.getTime());
      console.table([{ a: 1, b: 2 }, { a: 3 }]);
      process.nextTick(() => console.log("next")); queueMicrotask(() => console.log("micro"));
      process.stdout.write("written\\n");`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(eventsOf(run, "error")).toEqual([]);
    expect(printed(run)).toMatchInlineSnapshot(`
      [
        "/submission 2 undefined 0 /submission/main.js main true",
        "aMOpbGxv hi Buffer(2) [ 1, 2 ] 255",
        "日本 😀 x /submission/data/a.txt /a b",
        "event 1",
        "ERR_ASSERTION",
        "x is 3 { a: [ 1, { b: [Map] } ] } [ undefined, null, -0 ] Set(1) { 1 } [class: A] [Function (anonymous)]",
        "Float32Array(2) [ 1, 2 ] {"a":1} true 0",
        "(index)  a  b
      0        1  2
      1        3",
        "written",
        "next",
        "micro",
        "tick",
        "later true true",
      ]
    `);
  });

  it("prints like the real console, to the stream that was meant", async () => {
    const program = `const tf = require("@tensorflow/tfjs"); console.error("bad"); console.warn("careful"); tf.tensor([1, 2]).print();
      tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] }).summary();`;
    const run = await runEngine({ program: { "main.js": program } });
    const events = eventsOf(run, "console");
    expect(events.slice(0, 3).map(({ stream, text }) => [stream, text])).toEqual([
      ["error", "bad"],
      ["warn", "careful"],
      ["log", "Tensor\n    [1, 2]"],
    ]);
    expect(events.map(({ text }) => text).join("\n")).toContain("Total params: 3");
  });
});
