import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  fineTuning,
  sampleAccuracy,
  sampleOptimizer,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../../graders/case-evidence.js";
import { GRADERS } from "../../graders/index.js";
import { MUTANT_EFFECTS } from "../../graders/mutants.js";
import { Evidence, failed, fault, parse, parseJson } from "../../src/contract/index.js";
import { MUTATIONS } from "../../src/facts/index.js";
import { evidenceOf } from "../judge/evidence-of.js";

const root = resolve(import.meta.dirname, "../..");
const stored = (name: string): Evidence => {
  const path = join(root, "reports/sample/evidence", `${name}.json`);
  return parseJson(Evidence, readFileSync(path, "utf8"), path);
};
const transfer = join(root, "rubrics/references/full-transfer/evidence.json");
const real = [
  ...["honest-fine-tuning", "honest-feature-extraction", "crashes", "never-trained", "not-recompiled"].map(
    (name) => [name, stored(name)] as const,
  ),
  ["the full transfer", parseJson(Evidence, readFileSync(transfer, "utf8"), transfer)] as const,
];
const sample = evidenceOf({
  structure: sampleStructure({ augmentation: ["RandomFlip"] }),
  weights: sampleWeights({ changed: ["block4_conv"] }),
  optimizer: sampleOptimizer(["head", "block4_conv"], { class: "AdamW", learningRate: 1e-5, iterations: 40 }),
  phases: samplePhases([
    samplePhase(["head"], { changed: ["dense_1/kernel"], callbacks: ["EarlyStopping"] }),
    fineTuning(["block4_conv"]),
  ]),
  heldOut: sampleAccuracy(150, 191),
  training: sampleAccuracy(200, 241),
  shifted: sampleAccuracy(140, 191),
  claims: { accuracy: null, where: null },
  leakage: { pictures: 0, unreadable: 0, hidden: 0, same: [], near: [] },
  baselines: {
    majority: 0.4,
    randomBase: 0.5,
    linearProbe: 0.7,
    paired: {
      randomBase: { images: 191, won: 60, lost: 6 },
      linearProbe: { images: 191, won: 30, lost: 14 },
    },
  },
  run: {
    executed: true,
    ended: "finished",
    wallMs: 1,
    cpuMs: 1,
    peakMemoryMb: 1,
    backend: "wasm",
    isolation: "none",
    output: "",
    outputCut: false,
    notes: [],
  },
});
const all = [...real, ["the sample", sample] as const];

describe("mistakes put into evidence", () => {
  it.each(all)("leave %s itself as it is, and are evidence again", (_, evidence) => {
    const before = JSON.stringify(evidence);
    for (const { apply } of MUTATIONS) {
      const mutant = apply(evidence);
      if (mutant) expect(parse(Evidence, JSON.parse(JSON.stringify(mutant)), "mutant")).toEqual(mutant);
    }
    expect(JSON.stringify(evidence)).toBe(before);
  });

  it("can each be put into the sample, and change it", () => {
    const unfit = MUTATIONS.filter(({ apply }) => apply(sample) === null).map(({ id }) => id);
    expect(unfit).toEqual([]);
    for (const { apply } of MUTATIONS) expect(apply(sample)).not.toEqual(sample);
  });

  it("keep every count of a confusion matrix", () => {
    for (const { apply } of MUTATIONS) {
      const heldOut = apply(sample)?.items.heldOut;
      if (heldOut?.state !== "found") continue;
      const { confusion, correct, n } = heldOut.value;
      expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(n);
      expect(confusion.reduce((sum, row, truth) => sum + (row[truth] ?? 0), 0)).toBe(correct);
      expect(confusion.flat().every((count) => count >= 0)).toBe(true);
    }
  });

  it("make a comparison with a baseline follow the accuracy", () => {
    const constant = MUTATIONS.find(({ id }) => id === "constant-answer")?.apply(sample)?.items;
    if (constant?.baselines.state !== "found" || constant.heldOut.state !== "found") throw new Error("lost");
    const { won, lost, images } = constant.baselines.value.paired?.linearProbe ?? {
      won: 0,
      lost: 0,
      images: 1,
    };
    const { correct, n } = constant.heldOut.value;
    expect((won - lost) / images).toBeCloseTo(correct / n - 0.7, 2);
    expect(Math.min(won, lost)).toBeGreaterThanOrEqual(0);
  });

  it("hold the record against the files again, so that a consistent mistake contradicts nothing", () => {
    const consistent = ["base-never-frozen", "learning-rate-x100", "nothing-opened", "everything-opened"];
    for (const { id, apply } of MUTATIONS.filter((one) => consistent.includes(one.id))) {
      const phases = apply(stored("honest-fine-tuning"))?.items.phases;
      const results = phases?.state === "found" ? phases.value.checks.map(({ result }) => result) : [];
      expect({ id, results }).toEqual({ id, results: expect.not.arrayContaining(["contradicts"]) });
    }
    const behind = MUTATIONS.find(({ id }) => id === "moved-behind-the-record");
    expect(JSON.stringify(behind?.apply(stored("honest-fine-tuning"))?.items.phases)).toContain(
      "contradicts",
    );
  });

  it("do nothing where nothing was found", () => {
    const none = failed(fault("no-model"));
    const items = Object.fromEntries(Object.keys(sample.items).map((key) => [key, none]));
    const empty = { ...sample, items: items as unknown as Evidence["items"] };
    for (const { apply } of MUTATIONS) expect([null, empty]).toContainEqual(apply(empty));
  });

  it("take evidence with any one or two pieces missing as it is", () => {
    const none = failed(fault("no-model"));
    const keys = Object.keys(sample.items);
    for (const first of keys) {
      for (const second of keys) {
        const items = { ...sample.items, [first]: none, [second]: none };
        for (const { id, apply } of MUTATIONS) {
          const mutant = apply({ ...sample, items });
          const missing = mutant?.items[first as keyof typeof items];
          expect({ id, missing }).toEqual({ id, missing: mutant ? none : undefined });
        }
      }
    }
  });

  it("leave open what the optimizer and the record leave open", () => {
    const open = structuredClone(sample);
    const { phases, optimizer, weights, structure } = open.items;
    if (optimizer.state === "found")
      Object.assign(optimizer.value, { trained: null, iterations: null, learningRate: null });
    if (phases.state === "found")
      for (const fit of phases.value.fits)
        Object.assign(fit, { steps: null, changed: null, declaredAtCompile: null });
    if (weights.state === "found") for (const tensor of weights.value.tensors) tensor.trainable = null;
    if (structure.state === "found") Object.assign(structure.value, { loss: null, outputShape: null });
    for (const { apply } of MUTATIONS) {
      const mutant = apply(open);
      if (mutant) expect(parse(Evidence, JSON.parse(JSON.stringify(mutant)), "mutant")).toEqual(mutant);
    }
  });

  it("have a known effect on graders that exist", () => {
    const ids = new Set(GRADERS.map(({ id }) => id));
    expect(Object.keys(MUTANT_EFFECTS).sort()).toEqual(MUTATIONS.map(({ id }) => id).sort());
    const named = Object.values(MUTANT_EFFECTS).flatMap(({ notices, may }) => [...notices, ...may]);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
  });
});
