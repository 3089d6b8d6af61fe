import { describe, expect, it } from "vitest";
import { readFrames } from "../../../../src/kinds/tfjs/engine/frames.js";

const DONE = {
  ev: "done",
  seconds: 1,
  skippedSeconds: 0,
  ops: 0,
  peakTensorBytes: 0,
  predictions: 0,
  droppedEvents: 0,
};
const FILE = { ev: "file", role: "model", path: "weights.bin", bytes: 4 };
const START = { ev: "start", tfjs: "4.22.0", backend: "tensorflow", node: "20.20.2", seed: 1 };

function frames(...parts: (object | Uint8Array)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => (part instanceof Uint8Array ? part : Buffer.from(`${JSON.stringify(part)}\n`))),
  );
}

describe("reading what the engine wrote", () => {
  it("gives events and files of a complete run", () => {
    const read = readFrames(frames(START, FILE, Buffer.from([1, 10, 3, 4]), DONE));
    expect(read).toMatchObject({ complete: true, events: [{ ev: "start" }, { ev: "file" }, { ev: "done" }] });
    expect(read.problem).toBeUndefined();
    expect([...(read.files[0]?.bytes ?? [])]).toEqual([1, 10, 3, 4]);
  });

  it.each([
    ["nothing at all", Buffer.alloc(0), "missing"],
    ["no end", frames(START), "missing"],
    ["a cut line", Buffer.from('{"ev":"sta'), "cut off"],
    ["bytes that are not JSON", Buffer.from([255, 254, 10]), "not JSON"],
    ["an unknown event", frames({ ev: "grade", points: 100 }, DONE), "no event"],
    ["an event of the prototype", frames({ ev: "constructor" }), "no event"],
    ["an event without a name", frames({ points: 1 }), "no event"],
    ["a field too many", frames({ ...START, points: 100 }), "points"],
    ["a wrong type", frames({ ...START, seed: "1" }), "seed"],
    ["a negative file", frames({ ...FILE, bytes: -1 }), "bytes"],
    ["a file that is cut off", frames(FILE, Buffer.from([1, 2])), "cut off"],
    ["a file twice", frames(FILE, Buffer.alloc(4), FILE, Buffer.alloc(4), DONE), "twice"],
    ["a path of its own", frames({ ...FILE, path: "../grade.json" }), "path"],
    ["bytes after the end", frames(DONE, START), "follow"],
    ["two ends", frames(DONE, DONE), "follow"],
    [
      "a key that changes prototypes",
      Buffer.from('{"ev":"exports","names":{"__proto__":"x"}}\n'),
      "__proto__",
    ],
    ["a line without end", Buffer.alloc(4_100_000, "x"), "cut off"],
    ["a very long line", Buffer.concat([Buffer.alloc(4_100_000, "x"), Buffer.from("\n")]), "too long"],
  ])("names the problem of %s", (_, bytes, words) => {
    const read = readFrames(bytes);
    expect(read.problem).toContain(words);
  });

  it("keeps what came before the problem", () => {
    const read = readFrames(frames(START, FILE, Buffer.alloc(4), { ev: "nonsense" }));
    expect(read).toMatchObject({ complete: false, events: [{ ev: "start" }, { ev: "file" }] });
    expect(read.files).toHaveLength(1);
  });
});
