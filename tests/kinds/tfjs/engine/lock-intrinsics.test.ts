import { execFileSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";

const guest = path.resolve(import.meta.dirname, "../../../../dist/src/kinds/tfjs/engine/guest");

describe("JavaScript's own objects, once locked", () => {
  it("keep their methods, take new ones, and stay objects that V8 can compile calls of", () => {
    const program = `
      const { lockIntrinsics } = await import(${JSON.stringify(pathToFileURL(path.join(guest, "lock-intrinsics.js")))});
      lockIntrinsics();
      const holders = { Array, Object, JSON, Map, Promise, arrays: Array.prototype, maps: Map.prototype, sets: Set.prototype, iterators: Object.getPrototypeOf([][Symbol.iterator]()) };
      const slow = Object.keys(holders).filter((name) => !%HasFastProperties(holders[name]));
      const tampered = [];
      for (const [holder, name] of [[Array, "isArray"], [Array.prototype, "push"], [Array.prototype, Symbol.iterator], [JSON, "stringify"], [Map.prototype, "get"], [Promise.prototype, "then"], [globalThis, "Map"]]) {
        try { holder[name] = () => "mine"; } catch {}
        try { Object.defineProperty(holder, name, { value: () => "mine" }); tampered.push(String(name)); } catch {}
      }
      Array.prototype.last = function () { return this[this.length - 1]; };
      console.log(JSON.stringify({ slow, tampered, last: [1, 2].last() }));`;
    const printed = execFileSync(process.execPath, ["--allow-natives-syntax", "--input-type=module"], {
      input: program,
      encoding: "utf8",
    });
    expect(JSON.parse(printed)).toEqual({ slow: [], tampered: [], last: 2 });
  });
});
