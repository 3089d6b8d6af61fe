import { type Static, Type } from "@sinclair/typebox";
import { Sha256, Shape } from "./shape.js";

/** One tensor of a registered checkpoint: enough to prove identity and to measure distance without its bytes. */
export const CheckpointTensor = Type.Object({
  layer: Type.String(),
  slot: Type.String(),
  path: Type.String(),
  shape: Type.Array(Type.Integer()),
  sha256: Sha256,
  l2: Type.Number(),
  mean: Type.Number(),
  std: Type.Number(),
  samples: Type.Array(Type.Number()),
});
export type CheckpointTensor = Static<typeof CheckpointTensor>;

/** Pixel x becomes x * scale + offset, the same for each channel unless given as three numbers. */
export const Preprocessing = Type.Object({
  name: Type.String(),
  scale: Type.Array(Type.Number(), { minItems: 1, maxItems: 3 }),
  offset: Type.Array(Type.Number(), { minItems: 1, maxItems: 3 }),
  /** Channel order after the step. */
  channels: Type.Union([Type.Literal("rgb"), Type.Literal("bgr")]),
});
export type Preprocessing = Static<typeof Preprocessing>;

/** Pixels as a picture file holds them. */
export const RAW_PIXELS: Preprocessing = {
  name: "raw pixels 0..255",
  scale: [1],
  offset: [0],
  channels: "rgb",
};

/** A registered checkpoint (`checkpoint.json`): a pretrained base that a submission may start from. */
export const Checkpoint = Type.Object({
  name: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]*$" }),
  title: Type.String(),
  /** Architecture, such as `MobileNet` or `EfficientNetLite0`. */
  family: Type.String(),
  licence: Type.String(),
  source: Type.String(),
  /** What the published network expects; null when not known. */
  preprocessing: Type.Union([Preprocessing, Type.Null()]),
  inputShape: Shape,
  /** Addresses under which programs ask for it; compared by ending. */
  addresses: Type.Array(Type.String()),
  /** What its network of `keras.applications` is called with; only where the file holds that network's weights alone. */
  arguments: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Boolean(), Type.Number()]))),
  /** Files of the model beside this one, first the one to load. */
  files: Type.Array(Type.Object({ path: Type.String(), bytes: Type.Integer(), sha256: Sha256 })),
  tensors: Type.Array(CheckpointTensor),
});
export type Checkpoint = Static<typeof Checkpoint>;
