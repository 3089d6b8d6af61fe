import { type Static, type TObject, type TProperties, type TSchema, Type } from "@sinclair/typebox";
import { StopReason } from "../stop-reason.js";

const Text = Type.String({ maxLength: 4096 });
const Name = Type.String({ maxLength: 512 });
const Paths = Type.Array(Name, { maxItems: 5000 });
const Count = Type.Integer({ minimum: 0 });
const Shape = Type.Array(Type.Union([Type.Integer(), Type.Null()]), { maxItems: 8 });
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Role = Type.Union([Type.Literal("model"), Type.Literal("base"), Type.Literal("head")]);
const ModelRef = Type.Object({ id: Count, name: Name });

const Digests = Type.Record(Name, Type.String({ minLength: 64, maxLength: 64 }));

const event = <E extends string, T extends TProperties>(
  ev: E,
  properties: T,
): TObject<T & { ev: ReturnType<typeof Type.Literal<E>> }> =>
  Type.Object({ ev: Type.Literal(ev), ...properties }, { additionalProperties: false }) as never;

const Optimizer = Type.Object({
  class: Name,
  learningRate: Nullable(Type.Number()),
  schedule: Nullable(Name),
  iterations: Nullable(Count),
  settings: Type.Optional(Type.Record(Name, Nullable(Type.Union([Type.Boolean(), Type.Number(), Name])))),
});

/** What was fed to a model, by the range of its channels. */
const Inputs = Nullable(
  Type.Object({
    samples: Count,
    shape: Shape,
    channels: Type.Array(
      Type.Object({
        min: Nullable(Type.Number()),
        max: Nullable(Type.Number()),
        mean: Nullable(Type.Number()),
      }),
      { maxItems: 4 },
    ),
  }),
);

/** Everything the runner reports, by name. All of it passed through the student's process: claimed, never measured. */
export const EVENTS = {
  start: event("start", { keras: Name, tensorflow: Name, seconds: Type.Number() }),
  compile: event("compile", {
    model: ModelRef,
    optimizer: Optimizer,
    loss: Nullable(Name),
    fromLogits: Nullable(Type.Boolean()),
    metrics: Type.Array(Name, { maxItems: 50 }),
    declared: Nullable(Paths),
  }),
  fitStart: event("fitStart", {
    fit: Count,
    model: ModelRef,
    optimizer: Optimizer,
    loss: Nullable(Name),
    fromLogits: Nullable(Type.Boolean()),
    metrics: Type.Array(Name, { maxItems: 50 }),
    recompiled: Nullable(Type.Boolean()),
    declared: Paths,
    declaredAtCompile: Nullable(Paths),
    weights: Paths,
    /** sha256 of the float32 little-endian bytes, of the weights that are not as the model's fit before left them. */
    digests: Digests,
    epochs: Count,
    batchSize: Nullable(Count),
    samples: Nullable(Count),
    inputShape: Nullable(Shape),
    inputs: Inputs,
    /** The model that predicted the inputs, and whether its rows or only their shape were recognised. */
    inputsFrom: Nullable(
      Type.Object({ model: ModelRef, how: Type.Union([Type.Literal("rows"), Type.Literal("shape")]) }),
    ),
    validation: Type.Union([Type.Literal("data"), Type.Literal("split"), Type.Literal("none")]),
    callbacks: Type.Array(Name, { maxItems: 50 }),
    augmentation: Nullable(Text),
  }),
  epoch: event("epoch", { fit: Count, epoch: Count, logs: Type.Record(Name, Nullable(Type.Number())) }),
  fitEnd: event("fitEnd", {
    fit: Count,
    epochs: Count,
    steps: Count,
    firstRate: Nullable(Type.Number()),
    optimizer: Optimizer,
    /** Weights of the optimizer's step as it was traced. */
    trained: Paths,
    /** sha256 of the float32 little-endian bytes afterwards, of the weights whose bytes differ. */
    digests: Digests,
    stopped: StopReason,
    failed: Type.Boolean(),
  }),
  /** What this fit moved is too large to be kept. */
  notKept: event("notKept", { fit: Count, bytes: Count }),
  /** The program gave a model other weights after it had begun to fit. */
  weightsLoaded: event("weightsLoaded", { model: ModelRef }),
  /** An optimizer took a step outside `fit`. */
  /** In this fit, what the frozen layers make of an image was computed once, in so many steps and giving so many numbers. */
  featuresOnce: event("featuresOnce", { fit: Count, layers: Count, width: Count }),
  customLoop: event("customLoop", { optimizer: Name, learningRate: Nullable(Type.Number()) }),
  /** A loop of the program's own was ended at this line of it. */
  loopStopped: event("loopStopped", {
    stopped: StopReason,
    steps: Count,
    file: Nullable(Name),
    line: Nullable(Count),
  }),
  /** Where the program went on after such a loop; null where nothing followed. */
  wentOn: event("wentOn", { file: Name, line: Nullable(Count) }),
  customSteps: event("customSteps", { steps: Count }),
  predict: event("predict", { model: ModelRef, inputs: Inputs }),
  save: event("save", { model: ModelRef, path: Text }),
  /** A base of the assignment was handed out. */
  base: event("base", { name: Name, file: Name }),
  /** A published checkpoint that is not in the store was replaced by random weights. */
  standIn: event("standIn", { file: Name, family: Name }),
  data: event("data", { name: Name }),
  notOffered: event("notOffered", {
    what: Type.Union([Type.Literal("base"), Type.Literal("data")]),
    asked: Text,
  }),
  standInModule: event("standInModule", { module: Name }),
  oldRate: event("oldRate", {
    optimizer: Name,
    lr: Nullable(Type.Number()),
    decay: Nullable(Type.Number()),
  }),
  /** Setting this flag changed nothing, although layers inside have another. */
  flagWithoutEffect: event("flagWithoutEffect", { layer: Name, value: Type.Boolean(), inside: Count }),
  /** The program made a copy of its process after TensorFlow had worked in it. */
  forkedTensorFlow: event("forkedTensorFlow", {}),
  secondChance: event("secondChance", { why: Text }),
  silenced: event("silenced", { bytes: Count }),
  exit: event("exit", { code: Type.Integer() }),
  error: event("error", {
    kind: Type.Union([
      Type.Literal("syntax"),
      Type.Literal("import"),
      Type.Literal("file"),
      Type.Literal("shape"),
      Type.Literal("run"),
      Type.Literal("seconds"),
      Type.Literal("memory"),
    ]),
    name: Name,
    message: Text,
    file: Nullable(Name),
    line: Nullable(Count),
    code: Nullable(Name),
    /** The module or the file that is not there. */
    missing: Nullable(Name),
  }),
  /** The runner itself failed. */
  broken: event("broken", { message: Text }),
  noModel: event("noModel", { fits: Count }),
  /** The program saved several models, and nothing says which one it hands in. */
  severalModels: event("severalModels", { files: Type.Array(Name, { maxItems: 10 }) }),
  /** Keras could not write the model itself; its weights follow alone. */
  unsaved: event("unsaved", { name: Name, message: Text }),
  /** What follows is the file that ModelCheckpoint wrote. */
  checkpoint: event("checkpoint", {}),
  model: event("model", { model: ModelRef, role: Role, steps: Nullable(Count) }),
  file: Type.Union([
    event("file", {
      role: Role,
      path: Type.Union([
        Type.Literal("model.keras"),
        Type.Literal("model.h5"),
        Type.Literal("model.weights.h5"),
      ]),
      bytes: Count,
    }),
    /** The weights that a fit moved. */
    event("file", {
      role: Type.Literal("weights"),
      path: Type.String({ pattern: "^fit-\\d{1,5}\\.safetensors$" }),
      bytes: Count,
    }),
  ]),
  done: event("done", {}),
};

export type EventName = keyof typeof EVENTS;
export type EventOf<E extends EventName> = Static<(typeof EVENTS)[E]>;
export type RunnerEvent = { [E in EventName]: EventOf<E> }[EventName];
