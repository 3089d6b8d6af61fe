import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { examineMachine } from "../../src/harness/doctor.js";
import { frostline } from "../cli/frostline.js";
import { pythonIsMissing } from "../kinds/keras/run-keras.js";

it("builds and runs a tiny network with the Python for Keras, and names the versions", async (ctx) => {
  const missing = pythonIsMissing();
  if (missing) return ctx.skip(missing);
  const { out } = await frostline(["doctor"]);
  expect(out).toMatch(
    /✓ works {4}Python for Keras: Python 3\.1\d\.\d+, TensorFlow \S+, Keras 3\.\S+, tf_keras 2\.\S+; a tiny network was built and predicted/,
  );
});

it("says what it costs to be without each part of a project that was never set up", async () => {
  const root = await mkdtemp(join(tmpdir(), "frostline-doctor-"));
  try {
    const parts = await examineMachine(root);
    const python = parts.find(({ name }) => name === "Python for Keras");
    expect(python).toMatchObject({ works: false, optional: true, state: "not set up" });
    for (const part of parts.filter(({ works }) => !works)) expect(part.cost && part.fix).not.toBe("");
  } finally {
    await rm(root, { recursive: true });
  }
});
