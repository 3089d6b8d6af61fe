import { type Static, Type } from "@sinclair/typebox";
import { type Artifact, ArtifactOf } from "./artifact.js";
import { Preprocessing } from "./checkpoint.js";
import { Fault } from "./fault.js";
import { Finding, LayerFacts, ModelFormat, OptimizerFacts, Runtime, WeightFacts } from "./model-facts.js";
import { Phase } from "./phase.js";
import { Nullable, Sha256, Shape } from "./shape.js";
import { SnapshotFacts } from "./submission.js";

/** A layer with the side of the frost line it stands on. */
export const EvidenceLayer = Type.Composite([
  LayerFacts,
  Type.Object({ part: Type.Union([Type.Literal("base"), Type.Literal("head"), Type.Literal("input")]) }),
]);
export type EvidenceLayer = Static<typeof EvidenceLayer>;

/** The network: its layers, where the base ends and the head begins. */
export const Structure = Type.Object({
  format: ModelFormat,
  runtime: Runtime,
  writtenBy: Nullable(Type.String()),
  inputShape: Nullable(Shape),
  outputShape: Nullable(Shape),
  layers: Type.Array(EvidenceLayer),
  /** Null when no pretrained architecture was recognised. */
  base: Nullable(
    Type.Object({
      family: Type.String(),
      /** How it was recognised: by tensors, by structure, by its container. */
      recognisedBy: Type.String(),
      layers: Type.Integer(),
      parameters: Type.Integer(),
      lastLayer: Type.String(),
    }),
  ),
  head: Type.Object({
    layers: Type.Array(Type.String()),
    parameters: Type.Integer(),
    /** How feature maps become a vector: `global-average`, `global-max`, `flatten`, or null. */
    pooling: Nullable(Type.String()),
    units: Nullable(Type.Integer()),
    activation: Nullable(Type.String()),
  }),
  loss: Nullable(Type.Object({ name: Type.String(), fromLogits: Nullable(Type.Boolean()) })),
  preprocessing: Type.Array(Type.String()),
  augmentation: Type.Array(Type.String()),
  /** The base and the head were handed in as two models and are judged as their composition. */
  composition: Type.Boolean(),
  findings: Type.Array(Finding),
});
export type Structure = Static<typeof Structure>;

/** How a tensor relates to the checkpoint's tensor at its place. */
export const TensorRelation = Type.Union([
  Type.Literal("identical"),
  Type.Literal("changed"),
  Type.Literal("unrelated"),
  Type.Literal("none"),
]);
export type TensorRelation = Static<typeof TensorRelation>;

export const EvidenceWeight = Type.Composite([
  Type.Omit(WeightFacts, ["samples"]),
  Type.Object({
    part: Type.Union([Type.Literal("base"), Type.Literal("head")]),
    relation: TensorRelation,
    /** Relative distance ||w - w0|| / ||w0|| to the checkpoint's tensor, from 64 samples. */
    distance: Nullable(Type.Number()),
    /** Largest absolute difference among the samples. */
    drift: Nullable(Type.Number()),
  }),
]);
export type EvidenceWeight = Static<typeof EvidenceWeight>;

export const Weights = Type.Object({
  tensors: Type.Array(EvidenceWeight),
  /** The registered checkpoint that explains the base best; null when none shares a tensor or comes near. */
  checkpoint: Nullable(
    Type.Object({
      name: Type.String(),
      title: Type.String(),
      /** Base tensors compared, and those equal to the bit. */
      compared: Type.Integer(),
      identical: Type.Integer(),
      changed: Type.Integer(),
      unrelated: Type.Integer(),
    }),
  ),
  /** Names of the checkpoints it was compared with. */
  registry: Type.Array(Type.String()),
  /** Why the base looks untrained (BatchNorm statistics at 0 and 1, values inside the initializer's envelope); null if it does not. */
  randomBase: Nullable(Type.String()),
});
export type Weights = Static<typeof Weights>;

/** One statement of the student's process held against the files. */
export const CrossCheck = Type.Object({
  claim: Type.String(),
  against: Type.String(),
  result: Type.Union([Type.Literal("agrees"), Type.Literal("contradicts"), Type.Literal("unchecked")]),
});
export type CrossCheck = Static<typeof CrossCheck>;

export const Phases = Type.Object({
  fits: Type.Array(Phase),
  /** Training outside `fit`, such as a custom loop with `optimizer.minimize`. */
  customSteps: Type.Integer(),
  /** Each fit was tried on one row and no weight moved, so that equal bytes prove nothing; left out where it trained. */
  onlyTried: Type.Optional(Type.Literal(true)),
  /** The model handed back is not the one that the last fit left: loaded again, of one epoch, or another. */
  replaced: Type.Optional(Type.Boolean()),
  checks: Type.Array(CrossCheck),
});
export type Phases = Static<typeof Phases>;

/** `preprocessing.origin` of a step that nothing showed: raw pixels, because the assignment says so. */
export const ASSUMED_INPUT = "the assignment's input contract";

/** Predictions compared with labels, outside every jail. Rows of the confusion matrix are the truth. */
export const Accuracy = Type.Object({
  n: Type.Integer({ minimum: 1 }),
  correct: Type.Integer({ minimum: 0 }),
  classes: Type.Array(Type.String()),
  confusion: Type.Array(Type.Array(Type.Integer())),
  /** Mean negative log-likelihood of the true class; null when outputs are not probabilities. */
  logLoss: Nullable(Type.Number()),
  /** Expected calibration error in 10 bins; null when outputs are not probabilities. */
  calibrationError: Nullable(Type.Number()),
  preprocessing: Type.Object({ step: Preprocessing, origin: Type.String() }),
  /** `1` or `0` an image in the data set's order: answered right or wrong. Left out where not kept. */
  right: Type.Optional(Type.String({ pattern: "^[01]+$" })),
});
export type Accuracy = Static<typeof Accuracy>;

/** Accuracies of the same head fitted again, each time with another seed; rates 0..1. */
export const SeedSpread = Type.Object({
  seeds: Type.Integer({ minimum: 2 }),
  mean: Type.Number(),
  /** Standard deviation of the sample. */
  deviation: Type.Number(),
});
export type SeedSpread = Static<typeof SeedSpread>;

/** What a linear head reaches on one base, and on the same base with random weights (`baselines/<hash>.json`). */
export const ProbeBaselines = Type.Object({
  schema: Type.Literal("frostline/baselines/2"),
  base: Type.String(),
  /** Images the heads were fitted to. */
  training: Type.Integer({ minimum: 1 }),
  /** Images they were tried on: their places in the split. */
  images: Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1 }),
  /** Per image of `images`, `1` right or `0` wrong. */
  randomBase: Type.String({ pattern: "^[01]+$" }),
  linearProbe: Type.String({ pattern: "^[01]+$" }),
  spread: SeedSpread,
});
export type ProbeBaselines = Static<typeof ProbeBaselines>;

/** Two networks on the same images: how many only the first and how many only the second got right. */
export const Paired = Type.Object({
  images: Type.Integer({ minimum: 1 }),
  won: Type.Integer({ minimum: 0 }),
  lost: Type.Integer({ minimum: 0 }),
});
export type Paired = Static<typeof Paired>;

/** What a trivial or reference predictor reaches on the hidden images; rates 0..1. */
export const Baselines = Type.Object({
  majority: Type.Number(),
  randomBase: Nullable(Type.Number()),
  linearProbe: Nullable(Type.Number()),
  /** What the last two were measured on; left out where they were not. */
  measuredOn: Type.Optional(
    Type.Object({ base: Type.String(), training: Type.Integer(), images: Type.Integer() }),
  ),
  /** The linear probe with other seeds. */
  spread: Type.Optional(SeedSpread),
  /** The submission against each of the two, image by image. */
  paired: Type.Optional(Type.Object({ randomBase: Paired, linearProbe: Paired })),
});
export type Baselines = Static<typeof Baselines>;

/** Pictures that were handed in, held against the hidden ones. */
export const Leakage = Type.Object({
  /** Files with pictures that were handed in and could be decoded, and those that could not. */
  pictures: Type.Integer({ minimum: 0 }),
  unreadable: Type.Integer({ minimum: 0 }),
  /** Hidden pictures they were compared with. */
  hidden: Type.Integer({ minimum: 0 }),
  /** Paths of those with exactly the pixels of a hidden picture that is not public too. */
  same: Type.Array(Type.String()),
  /** Paths of those nearer to a hidden picture than any public one is. */
  near: Type.Array(Type.String()),
});
export type Leakage = Static<typeof Leakage>;

export const RunFacts = Type.Object({
  /** False when nothing of the student's was executed. */
  executed: Type.Boolean(),
  ended: Type.String(),
  wallMs: Type.Number(),
  /** The part of it for which others kept the program from the processors; absent where nothing was executed. */
  lostMs: Type.Optional(Type.Number()),
  cpuMs: Type.Number(),
  peakMemoryMb: Type.Number(),
  backend: Type.String(),
  isolation: Type.String(),
  /** What the program printed, capped and cleaned of control characters. */
  output: Type.String(),
  outputCut: Type.Boolean(),
  notes: Type.Array(Type.String()),
  /** What stopped the program, where its model could be looked into all the same. */
  stopped: Type.Optional(Fault),
});
export type RunFacts = Static<typeof RunFacts>;

/** Figures the program printed, returned or wrote about itself. Never earns points. */
export const Claims = Type.Object({
  accuracy: Nullable(Type.Number()),
  where: Nullable(Type.String()),
});
export type Claims = Static<typeof Claims>;

const SCHEMAS = {
  structure: Structure,
  weights: Weights,
  optimizer: OptimizerFacts,
  phases: Phases,
  heldOut: Accuracy,
  training: Accuracy,
  shifted: Accuracy,
  baselines: Baselines,
  leakage: Leakage,
  run: RunFacts,
  claims: Claims,
};

/** What graders may ask for, by key. */
export type EvidenceMap = { [K in keyof typeof SCHEMAS]: Static<(typeof SCHEMAS)[K]> };
export type EvidenceKey = keyof EvidenceMap;
export type EvidenceItems = { [K in Exclude<EvidenceKey, "leakage">]: Artifact<EvidenceMap[K]> } & {
  leakage?: Artifact<Leakage>;
};

/** Everything known of one submission; enough to judge it again without running anything (`evidence/<id>.json`). */
export const Evidence = Type.Object({
  schema: Type.Literal("frostline/evidence/1"),
  submission: SnapshotFacts,
  kind: Nullable(Type.String()),
  entry: Nullable(Type.String()),
  /** Hash of everything that decides the result: submission, data, bases, limits, runner. */
  key: Sha256,
  classes: Type.Array(Type.String()),
  /** What was kept of the run in `objects/`, by label: model files and predictions. */
  objects: Type.Record(Type.String(), Sha256),
  /** UNSANDBOXED or SELF-CHECK; null for a result that counts. */
  stamp: Nullable(Type.String()),
  items: Type.Object({
    structure: ArtifactOf(Structure),
    weights: ArtifactOf(Weights),
    optimizer: ArtifactOf(OptimizerFacts),
    phases: ArtifactOf(Phases),
    heldOut: ArtifactOf(Accuracy),
    training: ArtifactOf(Accuracy),
    shifted: ArtifactOf(Accuracy),
    baselines: ArtifactOf(Baselines),
    /** Left out of evidence that was stored before pictures were compared. */
    leakage: Type.Optional(ArtifactOf(Leakage)),
    run: ArtifactOf(RunFacts),
    claims: ArtifactOf(Claims),
  }),
});
export type Evidence = Static<typeof Evidence>;
