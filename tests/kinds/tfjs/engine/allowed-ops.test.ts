import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import * as kernels from "@tensorflow/tfjs-core/dist/kernel_names.js";
import { describe, expect, it } from "vitest";
import { ALLOWED_OPS } from "../../../../src/kinds/tfjs/engine/host/allowed-ops.js";

const dist = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json")),
  "dist",
);
const CALL =
  /\bexecute(?:SingleOutput|MultipleOutputs|SingleInput|Op|EncodeImageOp)\(\s*(?:'(\w+)'|tfjs_1\.(\w+)|(\w+))/g;

describe("the ops that may run", () => {
  it("are those of tfjs-node's kernels without TensorBoard's", () => {
    const files = readdirSync(path.join(dist, "kernels")).filter((name) => /^\w+\.js$/.test(name));
    const used = new Set<string>();
    const unknown: string[] = [];
    for (const file of [...files.map((name) => path.join("kernels", name)), "nodejs_kernel_backend.js"])
      for (const [, text, constant, variable] of readFileSync(path.join(dist, file), "utf8").matchAll(CALL)) {
        const op: unknown = text ?? Reflect.get(kernels, constant ?? "");
        if (typeof op === "string") used.add(op);
        else unknown.push(`${file}: ${constant ?? variable}`);
      }
    const expected = [...used].filter((op) => !op.includes("Summary"));
    expect([...ALLOWED_OPS].toSorted()).toEqual(expected.toSorted());
    // The backend's own methods pass on the name they are given.
    expect(new Set(unknown)).toEqual(new Set(["nodejs_kernel_backend.js: name"]));
  });
});
