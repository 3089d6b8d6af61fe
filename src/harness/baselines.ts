import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  type Artifact,
  canonicalText,
  type Predictions,
  ProbeBaselines,
  parseJson,
  RAW_PIXELS,
  type SplitName,
} from "../contract/index.js";
import { type LabelledFeatures, linearProbe, rightText, seedSpread } from "../facts/index.js";
import type { Assignment } from "../kinds/kind.js";
import { baseFeatures, type JailContext } from "../models/index.js";
import { type OpenBase, readBase } from "../store/index.js";
import { drawn } from "./drawn.js";
import { sha256 } from "./sha256.js";
import { shuffled } from "./shuffled.js";
import { writeAtomic } from "./write-atomic.js";

/** Baselines of the base a submission was built on; null where they cannot be measured. */
export type BaselinesOf = (checkpoint: string | null) => Promise<ProbeBaselines | null>;

export interface BaselineSource {
  context: JailContext;
  assignment: Assignment;
  /** The split that stands for the hidden images. */
  split: SplitName;
  /** Folder of the store; what is measured once is kept below it. */
  folder: string;
  backend: string;
}

/** Images a head is fitted to and tried on at most: enough to tell a working base from a random one, bounded in time. */
const IMAGES = 300;
const SEED = 4711;
/** Heads fitted again, each to its own draw of the training images, to see how far chance alone moves the accuracy. */
const SEEDS = [1, 2, 3, 4, 5];
/** Changes when the way of measuring does, so that what was kept is measured anew. */
const METHOD = 3;

/**
 * What a linear head reaches on each base of the assignment and on the same base with random weights. Measured when
 * first asked for, once an assignment, then kept by content.
 */
export function openBaselines(source: BaselineSource): BaselinesOf {
  const { bases } = source.assignment;
  const known = new Map<OpenBase, Promise<ProbeBaselines | null>>();
  return (checkpoint) => {
    const base = bases.find(({ facts }) => facts.name === checkpoint) ?? bases[0];
    if (!base) return Promise.resolve(null);
    const asked = known.get(base) ?? keptOrMeasured(source, base);
    known.set(base, asked);
    return asked;
  };
}

async function keptOrMeasured(source: BaselineSource, base: OpenBase): Promise<ProbeBaselines | null> {
  const { dataset, imageSize } = source.assignment;
  const content = { dataset: dataset.ref, base: base.ref, imageSize, split: source.split };
  const key = sha256(canonicalText({ ...content, backend: source.backend, method: METHOD, images: IMAGES }));
  const file = join(source.folder, "baselines", `${key}.json`);
  const kept = await readFile(file, "utf8").then(
    (text) => parseJson(ProbeBaselines, text, file),
    () => null,
  );
  if (kept) return kept;
  const measured = await measureBaselines(source, base);
  if (measured) writeAtomic(file, `${JSON.stringify(measured)}\n`);
  return measured;
}

async function measureBaselines(source: BaselineSource, base: OpenBase): Promise<ProbeBaselines | null> {
  const { context, assignment, split } = source;
  const { dataset, imageSize } = assignment;
  const training = shuffled(dataset.examples("train"), SEED).slice(0, IMAGES);
  const all = dataset.examples(split);
  const places = shuffled([...all.keys()], SEED).slice(0, IMAGES);
  const unseen = places.flatMap((place) => all[place] ?? []);
  if (training.length === 0 || unseen.length === 0) return null;
  const saved = await readBase(base);
  // One row of images without labels or splits, as for every prediction.
  const row = shuffled([...training, ...unseen], SEED + 1);
  const images = await Promise.all(row.map(({ path }) => readFile(path)));
  const inputs = { images, imageSize, preprocessing: base.facts.preprocessing ?? RAW_PIXELS };
  const own = await baseFeatures(context, saved, inputs, null);
  // Normalisation stays as created: with statistics of these images random features tell less (0.38 for 0.53 on the
  // bundled data), and a baseline shall be no weaker than it can be.
  const untrained = await baseFeatures(context, saved, inputs, SEED);
  if (!usable(own) || !usable(untrained)) return null;
  const classes = dataset.facts.classes.length;
  const answered = (features: Predictions, fittedTo: readonly Example[]): boolean[] =>
    linearProbe(picked(features, row, fittedTo), picked(features, row, unseen), classes);
  const accuracies: number[] = [];
  for (const seed of SEEDS) {
    const right = answered(own.value, drawn(training, seed));
    accuracies.push(right.filter(Boolean).length / right.length);
    // A fit takes seconds with many classes; other submissions must not wait for all of them.
    await setImmediate();
  }
  return {
    schema: "frostline/baselines/2",
    base: base.facts.name,
    training: training.length,
    images: places,
    randomBase: rightText(answered(untrained.value, training)),
    linearProbe: rightText(answered(own.value, training)),
    spread: seedSpread(accuracies),
  };
}

const usable = (features: Artifact<Predictions>): features is Artifact<Predictions> & { state: "found" } =>
  features.state === "found" && features.value.values.every(Number.isFinite);

type Example = ReturnType<Assignment["dataset"]["examples"]>[number];

/** The rows of the chosen examples, in their order. */
function picked(all: Predictions, row: readonly Example[], chosen: readonly Example[]): LabelledFeatures {
  const places = new Map(row.map((example, place) => [example, place]));
  const { outputs } = all;
  const values = new Float32Array(chosen.length * outputs);
  chosen.forEach((example, index) => {
    const place = places.get(example) ?? 0;
    values.set(all.values.subarray(place * outputs, (place + 1) * outputs), index * outputs);
  });
  return { features: { rows: chosen.length, outputs, values }, labels: chosen.map(({ label }) => label) };
}
