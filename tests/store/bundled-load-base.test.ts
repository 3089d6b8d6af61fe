import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import committed from "./keras-features.json" with { type: "json" };

const make = join(import.meta.dirname, "../../src/store/bundled/make");

test("Keras reads the bundled base and gives the features that TensorFlow.js is compared with", async (ctx) => {
  const python = process.env["FROSTLINE_KERAS_PYTHON"];
  if (!python)
    return ctx.skip("FROSTLINE_KERAS_PYTHON names no Python that has Keras, TensorFlow and Pillow");
  const folder = await mkdtemp(join(tmpdir(), "bundled-base-"));
  try {
    const output = join(folder, "features.json");
    await execa(python, ["-B", join(make, "keras_features.py"), output], {
      env: { TF_CPP_MIN_LOG_LEVEL: "3" },
    });
    const computed: typeof committed = JSON.parse(readFileSync(output, "utf8"));
    for (const size of ["64", "96"] as const) {
      const expected = committed.meanOverPlaces[size];
      const scale = Math.max(...expected.map(Math.abs));
      expect(computed.meanOverPlaces[size].length).toBe(expected.length);
      for (const [i, value] of computed.meanOverPlaces[size].entries()) {
        expect(Math.abs(value - (expected[i] ?? Number.NaN)) / scale).toBeLessThan(1e-5);
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
