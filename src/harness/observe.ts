import {
  type Accuracy,
  type Artifact,
  absent,
  type Checkpoint,
  type Evidence,
  type EvidenceItems,
  type Fault,
  failed,
  fault,
  found,
  type ModelFacts,
  type SavedModel,
  type Snapshot,
} from "../contract/index.js";
import {
  besideProbes,
  crossCheck,
  deriveMoves,
  deriveOptimizer,
  deriveStructure,
  deriveWeights,
  majorityRate,
} from "../facts/index.js";
import type { Assignment, Kind, KindJob, KindResult } from "../kinds/kind.js";
import { readModel } from "../models/index.js";
import type { Sandbox } from "../sandbox/index.js";
import type { BaseMapsOf } from "./base-maps.js";
import type { BaselinesOf } from "./baselines.js";
import { expectedPreprocessing } from "./expected-preprocessing.js";
import { keepObjects } from "./keep-objects.js";
import { type LeakageOf, NO_HIDDEN_PICTURES } from "./leakage.js";
import { type Predictor, predictSplits, type SplitAccuracies, type SplitRequest } from "./predict-splits.js";
import { recognise } from "./recognise.js";
import type { RunFolder } from "./run-folder.js";
import { runToDepth } from "./run-to-depth.js";
import { stepByAnswers } from "./step-by-answers.js";

export interface Observer {
  root: string;
  backend: string;
  assignment: Assignment;
  kinds: readonly Kind[];
  sandbox: Sandbox;
  /** Where model files and predictions are kept; null keeps nothing. */
  folder: RunFolder | null;
  /** Splits to predict; `check` uses the validation images in place of the hidden ones. */
  splits: readonly SplitRequest[];
  /** Baselines that need a base to be run; null leaves them unmeasured. */
  baselines: BaselinesOf | null;
  /** What the bases of the assignment make of images, computed once for a class. */
  baseMaps: BaseMapsOf;
  /** Compares pictures that were handed in with the hidden ones; null where there are none to be had. */
  leakage: LeakageOf | null;
  stamp: string | null;
  seed: number;
  signal?: AbortSignal;
}

/**
 * Everything that can be known of one submission: recognise, run in a jail, read the model in a jail, predict in
 * a jail, compare out here. Never throws for a fault of the submission; a fault of ours is thrown on.
 */
export async function observe(observer: Observer, snapshot: Snapshot, key: string): Promise<Evidence> {
  const { assignment } = observer;
  const base: Omit<Evidence, "kind" | "entry" | "items" | "objects"> = {
    schema: "frostline/evidence/1",
    submission: { id: snapshot.id, hash: snapshot.hash, files: snapshot.files },
    key,
    classes: assignment.dataset.facts.classes,
    stamp: observer.stamp,
  };
  const { grade } = assignment.run;
  const accepted = observer.kinds.filter(({ takes }) => grade === "either" || takes === grade);
  const recognised = recognise(accepted, snapshot);
  if (recognised.kind === null) {
    return { ...base, kind: null, entry: null, objects: {}, items: allFailed(recognised.fault) };
  }
  const { kind, entry } = recognised;
  const job: KindJob = {
    snapshot,
    entry,
    assignment,
    sandbox: observer.sandbox,
    root: observer.root,
    backend: observer.backend,
    seed: observer.seed,
    ...(observer.signal ? { signal: observer.signal } : {}),
  };
  const result = await runToDepth(kind, observer.kinds, job);
  const { items, objects } = await examine(observer, job, result);
  const leakage = (await observer.leakage?.(snapshot)) ?? NO_HIDDEN_PICTURES;
  return { ...base, kind: kind.id, entry, objects, items: { ...items, leakage } };
}

/** Evidence of a submission of which nothing can be known but why. */
export function allFailed(why: Fault): EvidenceItems {
  return allWithout(failed(why));
}

function allWithout(none: Artifact<never>): EvidenceItems {
  return {
    structure: none,
    weights: none,
    optimizer: none,
    phases: none,
    heldOut: none,
    training: none,
    shifted: none,
    baselines: none,
    run: none,
    claims: none,
  };
}

async function examine(
  observer: Observer,
  job: KindJob,
  result: KindResult,
): Promise<{ items: EvidenceItems; objects: Evidence["objects"] }> {
  const { models } = result;
  const stopped = models.state === "found" ? result.fault : null;
  const run = found(stopped ? { ...result.run, stopped } : result.run, "measured");
  if (models.state !== "found") {
    const none = result.fault ? failed(result.fault) : models;
    return { items: { ...allWithout(none), run, claims: result.claims, phases: result.phases }, objects: {} };
  }
  const context = { sandbox: observer.sandbox, root: observer.root };
  const facts = await readAll(context, models.value);
  if (facts.state !== "found") {
    const none = facts.state === "failed" ? facts.fault : fault("no-model");
    return { items: { ...allFailed(none), run, claims: result.claims, phases: result.phases }, objects: {} };
  }
  const checkpoints = observer.assignment.bases.map((one) => one.facts);
  const structure = deriveStructure(facts.value, checkpoints);
  const weights = deriveWeights(facts.value, structure, checkpoints);
  const untrained = observer.assignment.run.depth === "structure" && result.run.executed;
  const saved = deriveOptimizer(facts.value);
  // An optimizer that was kept from stepping has no slots yet, which would read as having trained nothing.
  const optimizer = saved && untrained ? { ...saved, trained: null } : saved;
  const told = untrained ? onlyTried(result.phases) : withMoves(result, facts.value, checkpoints);
  const phases = checked(told, structure, weights, optimizer);
  const published = checkpoints.find(({ name }) => name === weights.checkpoint?.name)?.preprocessing ?? null;
  const { dataset, imageSize } = observer.assignment;
  const { accuracies, values } = untrained
    ? NOT_PREDICTED
    : await predictSplits(context, models.value, dataset, observer.splits, {
        ...(await expectedPreprocessing(result.preprocessing, structure.preprocessing, published, (likely) =>
          stepByAnswers(context, models.value, observer.assignment, likely, observer.seed),
        )),
        imageSize,
        seed: observer.seed,
        // A model with its own preprocessing takes images as they are, whatever else its program defines.
        prepare:
          result.prepare && structure.preprocessing.length === 0
            ? { name: result.prepare, recognised: result.preprocessing !== null }
            : null,
        otherwise: predictorOf(observer.kinds, job),
        mapsOf: (inputs) =>
          observer.baseMaps(weights.checkpoint?.name ?? null, facts.value[0] ?? null, inputs),
      });
  return {
    objects: keepObjects(observer.folder, models.value, result.kept?.files ?? new Map(), values),
    items: {
      structure: found(structure, "parsed"),
      weights: found(weights, "parsed"),
      optimizer: optimizer
        ? found(optimizer, "parsed")
        : absent("The model was saved without its optimizer."),
      phases,
      ...accuracies,
      baselines: await baselines(accuracies.heldOut, observer.baselines, weights.checkpoint?.name ?? null),
      run,
      claims: result.claims,
      ...(result.standIn ? undecided(result.standIn) : {}),
    },
  };
}

const UNTRAINED = absent("Nothing is trained at depth `structure`; grade at depth `train` to measure it.");
const NOT_PREDICTED: SplitAccuracies = {
  accuracies: { heldOut: UNTRAINED, training: UNTRAINED, shifted: UNTRAINED },
  values: {},
};

/** A framework that predicts by itself, where one is installed: saved models are not tied to the kind that they came by. */
function predictorOf(kinds: readonly Kind[], job: KindJob): Predictor | null {
  const predict = kinds.flatMap((kind) => kind.predict ?? [])[0];
  return predict ? (models, inputs) => predict(job, models, inputs) : null;
}

/** What cannot be judged of a model that started from random weights in place of the published ones. */
function undecided(standIn: Fault): Partial<EvidenceItems> {
  const none = failed(standIn);
  return { weights: none, heldOut: none, training: none, shifted: none, baselines: none };
}

async function readAll(
  context: { sandbox: Sandbox; root: string },
  models: readonly SavedModel[],
): Promise<Artifact<ModelFacts[]>> {
  const all: ModelFacts[] = [];
  for (const model of models) {
    const read = await readModel(context, model);
    if (read.state !== "found") return read;
    all.push(read.value);
  }
  return found(all, "parsed");
}

function onlyTried(phases: KindResult["phases"]): KindResult["phases"] {
  return phases.state === "found" ? { ...phases, value: { ...phases.value, onlyTried: true } } : phases;
}

function withMoves(
  { phases, kept }: KindResult,
  facts: readonly ModelFacts[],
  checkpoints: readonly Checkpoint[],
): KindResult["phases"] {
  if (phases.state !== "found" || !kept) return phases;
  return { ...phases, value: deriveMoves(phases.value, kept, facts, checkpoints) };
}

function checked(
  phases: KindResult["phases"],
  ...parsed: [
    ReturnType<typeof deriveStructure>,
    ReturnType<typeof deriveWeights>,
    ReturnType<typeof deriveOptimizer>,
  ]
): KindResult["phases"] {
  if (phases.state !== "found") return phases;
  return { ...phases, value: { ...phases.value, checks: crossCheck(phases.value, ...parsed) } };
}

async function baselines(
  heldOut: Artifact<Accuracy>,
  probes: BaselinesOf | null,
  checkpoint: string | null,
): Promise<EvidenceItems["baselines"]> {
  if (heldOut.state !== "found") return absent("Nothing was predicted.");
  const majority = majorityRate(heldOut.value);
  const probe = (await probes?.(checkpoint)) ?? null;
  if (!probe) return found({ majority, randomBase: null, linearProbe: null }, "measured");
  return found({ majority, ...besideProbes(probe, heldOut.value) }, "measured");
}
