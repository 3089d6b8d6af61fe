import { type Static, Type } from "@sinclair/typebox";
import { Preprocessing } from "./checkpoint.js";
import { EvidenceLayer, EvidenceWeight, Structure, Weights } from "./evidence.js";
import { ModelFormat, OptimizerFacts, Runtime } from "./model-facts.js";
import { Nullable, Sha256, Shape } from "./shape.js";

const InspectedLayer = Type.Composite([
  EvidenceLayer,
  Type.Object({
    /** Output shapes of the layers in `inputs`, in that order. */
    inputShapes: Type.Array(Nullable(Shape)),
    /** Whether the saved optimizer keeps slots for one of its weights; null where slots were not saved. */
    trained: Nullable(Type.Boolean()),
  }),
]);
export type InspectedLayer = Static<typeof InspectedLayer>;

/** Neighbouring layers as one bar of the picture; the fields of `LayerGroup`. */
const InspectedGroup = Type.Object({
  title: Type.String(),
  part: Type.Union([Type.Literal("base"), Type.Literal("head"), Type.Literal("input")]),
  layers: Type.Integer(),
  parameters: Type.Integer(),
  state: Type.Union([
    Type.Literal("frozen"),
    Type.Literal("trained"),
    Type.Literal("mixed"),
    Type.Literal("none"),
  ]),
  tensors: Type.Integer(),
  identical: Type.Integer(),
  /** How many of its layers the saved optimizer trained; null where slots were not saved. */
  trained: Nullable(Type.Integer()),
});

/** Something in the file that its reader should know. */
export const InspectionFinding = Type.Object({
  /** Permanent. */
  code: Type.String(),
  /** A warning is most likely a mistake or a danger; a note explains. */
  level: Type.Union([Type.Literal("warning"), Type.Literal("note")]),
  /** Path of the layer it is about; empty for the whole model. */
  layer: Type.String(),
  detail: Type.String(),
  /** What to do; empty where there is nothing to do. */
  advice: Type.String(),
});
export type InspectionFinding = Static<typeof InspectionFinding>;

/** One saved model, read from its bytes alone (`frostline inspect --json`). Fields may be added, none changes. */
export const Inspection = Type.Object({
  schema: Type.Literal("frostline/inspection/1"),
  /** Version of Frostline. */
  frostline: Type.String(),
  /** The name it was opened by. */
  name: Type.String(),
  files: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer(), sha256: Sha256 })),
  format: ModelFormat,
  /** Version of Keras or of TensorFlow.js that wrote it, as written. */
  kerasVersion: Nullable(Type.String()),
  /** Whose rules decide which weights train. */
  runtime: Runtime,
  inputShape: Nullable(Shape),
  outputShape: Nullable(Shape),
  /** Values, not tensors. Trainable and frozen are null where the file keeps no flags. */
  parameters: Type.Object({
    total: Type.Integer(),
    trainable: Nullable(Type.Integer()),
    frozen: Nullable(Type.Integer()),
  }),
  layers: Type.Array(InspectedLayer),
  /** Effectively trainable, as the framework prints their names; null where the file keeps no flags. */
  trainableWeights: Nullable(Type.Array(Type.String())),
  /** Each with its hash over float32 little-endian bytes, its part, and its relation to the checkpoint. */
  weights: Type.Array(EvidenceWeight),
  optimizer: Nullable(
    Type.Composite([
      Type.Omit(OptimizerFacts, ["trained"]),
      Type.Object({
        /** What it keeps slots for, so what it really trained, as the framework prints the names. */
        trainedWeights: Nullable(Type.Array(Type.String())),
      }),
    ]),
  ),
  loss: Structure.properties.loss,
  metrics: Type.Array(Type.String()),
  base: Structure.properties.base,
  head: Structure.properties.head,
  /** The network as it is drawn, and where the frost line lies. */
  network: Type.Object({
    groups: Type.Array(InspectedGroup),
    frostLine: Nullable(Type.Object({ after: Type.Integer(), proof: Type.String() })),
    caption: Type.String(),
  }),
  checkpoint: Weights.properties.checkpoint,
  /** What the registered checkpoint expects of its pixels; null where there is none. */
  checkpointInput: Nullable(Preprocessing),
  registry: Weights.properties.registry,
  randomBase: Weights.properties.randomBase,
  /** Steps inside the network, in front of its first convolution. */
  preprocessing: Type.Array(Type.String()),
  augmentation: Type.Array(Type.String()),
  findings: Type.Array(InspectionFinding),
});
export type Inspection = Static<typeof Inspection>;
