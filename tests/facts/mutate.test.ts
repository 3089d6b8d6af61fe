import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  ALL_BASE,
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
import { Evidence, type EvidenceMap, failed, fault, parse, parseJson } from "../../src/contract/index.js";
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

type Items = Evidence["items"];
const edited =
  <K extends keyof EvidenceMap>(key: K, values: Partial<EvidenceMap[K]>) =>
  (items: Items): void => {
    const item = items[key];
    if (item?.state === "found") Object.assign(item.value, values);
  };
const onePhase = (items: Items): void => {
  if (items.phases.state === "found") items.phases.value.fits.splice(1);
};
const VARIANTS: Record<string, (items: Items) => void> = {
  "an optimizer without slots": edited("optimizer", { trained: null, iterations: null, learningRate: null }),
  "a training of one phase": onePhase,
  "a training of one phase whose optimizer has no slots": (items) => {
    onePhase(items);
    edited("optimizer", { trained: null })(items);
  },
  "fits that count no steps": (items) => {
    if (items.phases.state === "found")
      for (const fit of items.phases.value.fits)
        Object.assign(fit, { steps: null, changed: null, declaredAtCompile: null });
  },
  "fits whose learning rate nobody knows": (items) => {
    if (items.phases.state === "found") for (const fit of items.phases.value.fits) fit.learningRate = null;
  },
  "a second phase that opened everything": edited(
    "phases",
    samplePhases([samplePhase(["head"]), fineTuning(ALL_BASE)]),
  ),
  "flags that the file does not keep": (items) => {
    if (items.weights.state === "found")
      for (const tensor of items.weights.value.tensors) tensor.trainable = null;
  },
  "a structure without loss and output shape": edited("structure", { loss: null, outputShape: null }),
  "answers that are no probabilities": edited("heldOut", { logLoss: null, calibrationError: null }),
  "a base that was never run with random weights": edited("baselines", { randomBase: null }),
  "a base that was never probed": edited("baselines", { linearProbe: null }),
};

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

  it.each(Object.entries(VARIANTS))("leave open what %s leave open", (_, edit) => {
    const variant = structuredClone(sample);
    edit(variant.items);
    for (const { apply } of MUTATIONS) {
      const mutant = apply(variant);
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
