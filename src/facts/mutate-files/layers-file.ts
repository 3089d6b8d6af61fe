import { type Static, Type } from "@sinclair/typebox";
import { FrostlineFault, parseJson, type SavedModel } from "../../contract/index.js";

const Spec = Type.Object({
  name: Type.String(),
  shape: Type.Array(Type.Integer({ minimum: 0 })),
  dtype: Type.Union([Type.Literal("float32"), Type.Literal("int32")]),
  /** `optimizer` for the optimizer's variables. */
  group: Type.Optional(Type.String()),
});

const Layer = Type.Object({
  class_name: Type.String(),
  /** In a graph the name that other layers call it by. */
  name: Type.Optional(Type.String()),
  config: Type.Unknown(),
  inbound_nodes: Type.Optional(Type.Unknown()),
});

const Description = Type.Object({
  modelTopology: Type.Object({ config: Type.Object({ layers: Type.Array(Layer) }) }),
  trainingConfig: Type.Optional(
    Type.Object({
      loss: Type.Optional(Type.Unknown()),
      optimizer_config: Type.Object({
        config: Type.Object({ learningRate: Type.Optional(Type.Number()) }),
      }),
    }),
  ),
  weightsManifest: Type.Array(Type.Object({ paths: Type.Array(Type.String()), weights: Type.Array(Spec) }), {
    minItems: 1,
    maxItems: 1,
  }),
});

/** A weight as it is stored, four bytes a value. */
export interface StoredWeight extends Static<typeof Spec> {
  bytes: Uint8Array;
}

/** A TensorFlow.js layers model as `model.save` writes it, taken apart. */
export interface LayersFile {
  /** Name of the file that describes it. */
  main: string;
  description: Omit<Static<typeof Description>, "weightsManifest">;
  weights: readonly StoredWeight[];
}

const VALUE_BYTES = 4;
const WEIGHTS_FILE = "weights.bin";

/**
 * Takes a saved model apart, to be changed and written again.
 * @throws FrostlineFault `json-unreadable`, `json-invalid` or `reference-unfit` for what `model.save` does not write
 */
export function openLayersFile(model: SavedModel): LayersFile {
  const text = new TextDecoder().decode(model.files.get(model.main));
  const { weightsManifest, ...description } = parseJson(Description, text, model.main);
  const { paths, weights: specs } = weightsManifest[0] as (typeof weightsManifest)[number];
  const bytes = joined(paths.map((path) => model.files.get(path) ?? new Uint8Array()));
  let offset = 0;
  const weights = specs.map((spec): StoredWeight => {
    const start = offset;
    offset += VALUE_BYTES * spec.shape.reduce((product, length) => product * length, 1);
    return { ...spec, bytes: bytes.subarray(start, offset) };
  });
  if (offset === bytes.length) return { main: model.main, description, weights };
  const why = `it lists ${offset} bytes of weights, and its files hold ${bytes.length}`;
  throw new FrostlineFault("reference-unfit", { name: model.main, why });
}

/** The model as files again, its weights in one. */
export function writeLayersFile({ main, description, weights }: LayersFile): SavedModel {
  const specs = weights.map(({ bytes: _, ...spec }) => spec);
  const whole = { ...description, weightsManifest: [{ paths: [WEIGHTS_FILE], weights: specs }] };
  return {
    main,
    files: new Map([
      [main, new TextEncoder().encode(JSON.stringify(whole))],
      [WEIGHTS_FILE, joined(weights.map(({ bytes }) => bytes))],
    ]),
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
