import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import keras from "../../../src/kinds/keras/index.js";
import { kerasJob } from "./run-keras.js";

test("where Python is not set up, nothing is run and nobody but the machine is to blame", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "frostline-empty-"));
  try {
    const result = await keras.run({ ...(await kerasJob({ "main.py": "import keras" })), root });
    expect(result.run.executed).toBe(false);
    expect(result.fault).toMatchObject({ code: "kind-unsupported", blame: "harness" });
    expect(result.models).toMatchObject({ state: "failed", fault: { code: "kind-unsupported" } });
  } finally {
    await rm(root, { recursive: true });
  }
});
