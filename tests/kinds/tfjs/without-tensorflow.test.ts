import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GRADERS } from "../../../graders/index.js";
import { Evidence, parseJson } from "../../../src/contract/index.js";
import { Expectations, unmet } from "../../../src/harness/expectation.js";
import { gradeClass } from "../../../src/harness/grade-class.js";
import { judgeOne } from "../../../src/harness/judge-run.js";
import { readRubric } from "../../../src/harness/open-assignment.js";
import { HONEST, ROOT, rubric } from "../../cli/frostline.js";
import { engineMissing } from "./engine/run-engine.js";

const folder = mkdtempSync(path.join(tmpdir(), "frostline-wasm-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** This project as it would be on a machine where the native backend could not be made. */
function withoutTensorflow(): string {
  const root = path.join(folder, "project");
  const native = path.join(root, ".cache", "native");
  const made = path.join(ROOT, ".cache", "native");
  mkdirSync(native, { recursive: true });
  for (const name of ["package.json", "dist", "src", "rubrics"])
    symlinkSync(path.join(ROOT, name), path.join(root, name));
  for (const name of readdirSync(made).filter((one) => one !== "manifest.json"))
    symlinkSync(path.join(made, name), path.join(native, name));
  const manifest = JSON.parse(readFileSync(path.join(made, "manifest.json"), "utf8"));
  writeFileSync(path.join(native, "manifest.json"), JSON.stringify({ ...manifest, tensorflow: null }));
  return root;
}

/** The trap of `base.trainable = false` inside a sequential model, on few pictures. */
const FLAG_TRAP = HONEST.replace("slice(0, 20)", "slice(0, 4)").replace(
  /base\.layers\.forEach[\s\S]*return tf\.model.*\n/,
  `base.trainable = false;
  const model = tf.sequential({ layers: [base, tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: 3, activation: 'softmax' })] });
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
  await model.fit(tf.stack(images), tf.oneHot(labels, 3).toFloat(), { epochs: 1, batchSize: 12 });
  return model;
`,
);

const PROGRAMS = {
  "flag-trap": FLAG_TRAP,
  "picture-of-another-kind":
    'const tf = require("@tensorflow/tfjs-node"); tf.node.decodeImage(new Uint8Array([71, 73, 70, 56]));',
  endless: "for (;;);",
};

describe("a class without TensorFlow's native backend", () => {
  const out = path.join(folder, "run");
  const evidence = (name: string): Evidence => {
    const file = path.join(out, "evidence", `${name}.json`);
    return parseJson(Evidence, readFileSync(file, "utf8"), file);
  };

  beforeEach((ctx) => {
    const missing = engineMissing("wasm");
    if (missing !== undefined) ctx.skip(missing);
  });

  beforeAll(async () => {
    if (engineMissing("wasm") !== undefined) return;
    const root = withoutTensorflow();
    const examples = ["honest-feature-extraction", "crashes"].map((name) =>
      path.join(ROOT, "submissions/examples", name),
    );
    const own = Object.entries(PROGRAMS).map(([name, text]) => {
      mkdirSync(path.join(folder, name));
      writeFileSync(path.join(folder, name, "main.js"), text);
      return path.join(folder, name);
    });
    const grade = (paths: readonly string[], seconds: number): Promise<unknown> => {
      const rubricFile = path.join(folder, `${seconds}.json`);
      writeFileSync(rubricFile, rubric({ limits: { seconds } }));
      // The baselines of the bundled assignment are measured once for all tests.
      const store = path.join(ROOT, ".cache", "store");
      return gradeClass({ root, paths, rubric: rubricFile, out, store, jobs: 2, unsafe: false });
    };
    await grade([...examples, ...own.filter((one) => !one.endsWith("endless"))], 60);
    await grade([...own.filter((one) => one.endsWith("endless"))], 1);
  }, 300_000);

  it.each(["honest-feature-extraction", "crashes"])("gives %s what its name says", async (name) => {
    const file = path.join(ROOT, "submissions/expected", `${name}.json`);
    for (const [id, expected] of Object.entries(parseJson(Expectations, readFileSync(file, "utf8"), file))) {
      const made = evidence(name);
      expect(unmet(expected, judgeOne(made, { rubric: await readRubric(ROOT, id) }, GRADERS), made)).toEqual(
        [],
      );
    }
  });

  it("finds a base that was trained although its flag says frozen", () => {
    const { phases, weights } = evidence("flag-trap").items;
    expect(phases).toMatchObject({ state: "found", value: { fits: [{ declared: expect.any(Array) }] } });
    expect(weights).toMatchObject({ state: "found" });
    const made = evidence("flag-trap");
    const grade = judgeOne(made, { rubric: JSON.parse(rubric()) }, GRADERS);
    expect(grade.items.find(({ grader }) => grader === "frozen-base")).toMatchObject({
      earned: 0,
      pending: 0,
    });
  });

  it("stops an endless program at its longer limit, and says so", () => {
    const { run, heldOut } = evidence("endless").items;
    expect(run).toMatchObject({
      value: {
        backend: "wasm",
        notes: expect.arrayContaining([expect.stringContaining("had 6 seconds in place of 1")]),
      },
    });
    expect(heldOut).toMatchObject({ fault: { code: "time-limit", params: { limit: 6 } } });
  });

  it("leaves points pending for what only TensorFlow can read", () => {
    expect(evidence("picture-of-another-kind").items.weights).toMatchObject({
      state: "failed",
      fault: { code: "kind-unsupported", blame: "harness" },
    });
  });
});
