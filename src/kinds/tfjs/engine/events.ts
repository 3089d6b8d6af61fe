import { type Static, type TObject, type TProperties, Type } from "@sinclair/typebox";
import { StopReason } from "../../stop-reason.js";

const Text = Type.String({ maxLength: 4096 });
const Name = Type.String({ maxLength: 512 });
const Paths = Type.Array(Name, { maxItems: 5000 });
const Count = Type.Integer({ minimum: 0 });
const Shape = Type.Array(Type.Union([Type.Integer(), Type.Null()]), { maxItems: 8 });
const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const Role = Type.Union([Type.Literal("model"), Type.Literal("base"), Type.Literal("head")]);

/** Which models of a program are which: numbered in the order they were met. */
const ModelRef = Type.Object({ id: Count, name: Name });

const event = <E extends string, T extends TProperties>(
  ev: E,
  properties: T,
): TObject<T & { ev: ReturnType<typeof Type.Literal<E>> }> =>
  Type.Object({ ev: Type.Literal(ev), ...properties }, { additionalProperties: false }) as never;

const Optimizer = Type.Object({
  class: Name,
  /** Its configuration as TensorFlow.js gives it. */
  config: Type.Record(Name, Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()])),
  learningRate: Nullable(Type.Number()),
});

const LayerFlag = Type.Object({
  path: Name,
  class: Name,
  /** The layer's own flag. */
  trainable: Type.Boolean(),
  /** The flag with those of its containers. */
  effective: Type.Boolean(),
  /** Names of its weights below `path`. */
  weights: Type.Array(Name, { maxItems: 100 }),
});

const ChannelStatistics = Type.Object({
  samples: Count,
  shape: Shape,
  dtype: Name,
  /** One entry a channel for images (last dimension up to 4), else one for all values. */
  channels: Type.Array(Type.Object({ min: Type.Number(), max: Type.Number(), mean: Type.Number() }), {
    maxItems: 4,
  }),
});

/** Where the inputs of a fit came from, when it was a model's output. */
const Provenance = Type.Object({
  model: ModelRef,
  /** `ops`: followed through TensorFlow's ops; `rows`: the same bytes, sample by sample; `shape`: only the shape fits. */
  how: Type.Union([Type.Literal("ops"), Type.Literal("rows"), Type.Literal("shape")]),
  /** Share of the samples that were recognised. */
  share: Type.Number({ minimum: 0, maximum: 1 }),
  /** Ops between output and input that change values: empty when it was fed as it is. */
  through: Type.Array(Name, { maxItems: 16 }),
});

const Logs = Type.Record(Name, Type.Number());

/** Everything the engine reports, by name. All of it passed through the student's process: claimed, never measured. */
export const EVENTS = {
  start: event("start", { tfjs: Name, backend: Name, node: Name, seed: Type.Integer() }),
  console: event("console", { stream: Name, text: Type.String({ maxLength: 70_000 }) }),
  /** More was printed than allowed. */
  silenced: event("silenced", { bytes: Count }),
  base: event("base", {
    model: ModelRef,
    address: Text,
    /** Index in the job's list; null for a file of the submission. */
    base: Nullable(Count),
    kind: Type.Union([Type.Literal("layers"), Type.Literal("graph")]),
    weights: Count,
  }),
  /** A model was met for the first time in a call that matters. */
  model: event("model", {
    model: ModelRef,
    class: Name,
    inputShape: Nullable(Shape),
    outputShape: Nullable(Shape),
    /** Bases whose weights it holds, and how many of its own weights those are. */
    bases: Type.Array(Type.Object({ model: ModelRef, weights: Count }), { maxItems: 20 }),
    layers: Type.Array(LayerFlag, { maxItems: 3000 }),
    weights: Paths,
  }),
  compile: event("compile", {
    model: ModelRef,
    optimizer: Optimizer,
    loss: Type.Array(Name, { maxItems: 20 }),
    metrics: Type.Array(Name, { maxItems: 20 }),
    declared: Paths,
    layers: Type.Array(LayerFlag, { maxItems: 3000 }),
  }),
  fitStart: event("fitStart", {
    fit: Count,
    call: Type.Union([
      Type.Literal("fit"),
      Type.Literal("fitDataset"),
      Type.Literal("trainOnBatch"),
      Type.Literal("minimize"),
    ]),
    model: ModelRef,
    optimizer: Optimizer,
    loss: Type.Array(Name, { maxItems: 20 }),
    metrics: Type.Array(Name, { maxItems: 20 }),
    /** Compiled since the fit before; null for a loop of the program's own. */
    recompiled: Nullable(Type.Boolean()),
    /** `model.trainableWeights` now. */
    declared: Paths,
    /** What this fit hands to the optimizer. */
    collected: Paths,
    /** All weights of the model. */
    weights: Paths,
    layers: Type.Array(LayerFlag, { maxItems: 3000 }),
    epochs: Nullable(Type.Integer()),
    batchSize: Nullable(Type.Integer()),
    samples: Nullable(Count),
    inputShape: Nullable(Shape),
    targetShape: Nullable(Shape),
    validation: Type.Union([Type.Literal("data"), Type.Literal("split"), Type.Literal("none")]),
    validationSamples: Nullable(Count),
    callbacks: Type.Array(Name, { maxItems: 20 }),
    inputs: Nullable(ChannelStatistics),
    inputsFrom: Nullable(Provenance),
  }),
  epoch: event("epoch", { fit: Count, epoch: Count, steps: Count, logs: Logs }),
  fitEnd: event("fitEnd", {
    fit: Count,
    epochs: Count,
    steps: Count,
    seconds: Type.Number(),
    optimizer: Optimizer,
    iterations: Nullable(Count),
    /** Weights whose bytes differ. */
    changed: Paths,
    /** sha256 of the float32 little-endian bytes afterwards, by weight path. */
    digests: Type.Record(Name, Type.String({ minLength: 64, maxLength: 64 })),
    /** First and last loss of a loop without epochs. */
    loss: Nullable(Type.Object({ first: Type.Number(), last: Type.Number() })),
    /** Statistics and origin of the first batch, where fit was given a data set. */
    inputs: Nullable(ChannelStatistics),
    inputsFrom: Nullable(Provenance),
    /** Why it stopped before its time, if Frostline stopped it. */
    stopped: StopReason,
    failed: Type.Boolean(),
  }),
  /** A property of TensorFlow.js itself that works against the student. */
  trap: event("trap", {
    trap: Type.Union([Type.Literal("frozen-batch-norm-moved"), Type.Literal("container-flag-ignored")]),
    fit: Count,
    paths: Paths,
  }),
  evaluate: event("evaluate", {
    model: ModelRef,
    samples: Nullable(Count),
    results: Type.Array(Type.Number(), { maxItems: 20 }),
  }),
  /** First prediction of a model, with what it was fed; later ones are counted in `done`. */
  predict: event("predict", {
    model: ModelRef,
    outputShape: Nullable(Shape),
    inputs: Nullable(ChannelStatistics),
  }),
  save: event("save", { model: ModelRef, target: Text, includeOptimizer: Type.Boolean() }),
  /** A file the program wrote. Text of up to 64 kB is included. */
  wrote: event("wrote", { path: Name, bytes: Count, text: Nullable(Type.String({ maxLength: 65_536 })) }),
  /** Names of what the first file exports, and of what kind each is. */
  exports: event("exports", { names: Type.Record(Name, Name) }),
  exit: event("exit", { code: Type.Integer(), why: Name }),
  error: event("error", {
    /** When it happened; `limit` and `memory` are ours. */
    phase: Type.Union([
      Type.Literal("load"),
      Type.Literal("run"),
      Type.Literal("unhandled-rejection"),
      Type.Literal("never-settles"),
      Type.Literal("seconds"),
      Type.Literal("memory"),
      Type.Literal("artifact"),
      Type.Literal("engine"),
    ]),
    name: Name,
    message: Text,
    file: Nullable(Name),
    line: Nullable(Count),
    column: Nullable(Count),
    stack: Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 20 }),
  }),
  artifact: event("artifact", {
    role: Role,
    model: ModelRef,
    /** How it was chosen. */
    source: Type.Union([Type.Literal("save"), Type.Literal("export"), Type.Literal("last-fit")]),
    /** Of a head: how the features between base and head were made. Of a graph base: that no file follows. */
    inputsFrom: Nullable(Provenance),
  }),
  file: event("file", {
    role: Role,
    path: Type.Union([Type.Literal("model.json"), Type.Literal("weights.bin")]),
    bytes: Count,
  }),
  done: event("done", {
    seconds: Type.Number(),
    /** Waits for timers that were skipped, as far as they lie within the program's time, of which they are a part. */
    skippedSeconds: Type.Number(),
    ops: Count,
    peakTensorBytes: Count,
    predictions: Count,
    droppedEvents: Count,
  }),
} as const;

export type EventName = keyof typeof EVENTS;
/** One event of a given name. */
export type EventOf<N extends EventName> = Static<(typeof EVENTS)[N]>;
export type EngineEvent = { [N in EventName]: EventOf<N> }[EventName];
