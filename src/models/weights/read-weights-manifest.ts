import path from "node:path";
import type { Json, SavedModel } from "../../contract/index.js";
import { isObject, type JsonObject, listAt, numberAt, objectAt, stringAt, valueAt } from "../json-access.js";
import { unreadable } from "../model-problem.js";
import { BYTES_PER_VALUE, decodeValues } from "./decode-values.js";
import { type StoredTensor, sizeOf } from "./stored-tensor.js";

const PLAIN_NAME = /^[A-Za-z0-9._-]+$/;
const MAX_TENSORS = 20_000;
const DTYPES = new Set(["float32", "int32", "bool"]);
const QUANTISED = new Set(["uint8", "uint16", "float16"]);

export interface ManifestTensor {
  readonly tensor: StoredTensor;
  /** `optimizer` for the optimizer's variables. */
  readonly group: string | null;
}

/**
 * The tensors of a `weightsManifest`, as views into the shards of the saved model.
 * @throws ModelProblem `model-unreadable` for shards that are missing or of another size than the manifest says
 */
export function readWeightsManifest(manifest: readonly Json[], saved: SavedModel): ManifestTensor[] {
  const file = saved.main;
  const tensors = manifest.flatMap((group) => (isObject(group) ? readGroup(group, saved) : []));
  if (tensors.length > MAX_TENSORS) throw unreadable(file, `it lists more than ${MAX_TENSORS} weights`);
  return tensors;
}

function readGroup(group: JsonObject, saved: SavedModel): ManifestTensor[] {
  const file = saved.main;
  const specs = listAt(group, "weights").map((spec) => readSpec(spec, file));
  const bytes = groupBytes(listAt(group, "paths"), saved);
  const wanted = specs.reduce((total, spec) => total + spec.bytes, 0);
  if (wanted !== bytes.byteLength)
    throw unreadable(file, `its weights need ${wanted} bytes, but the files hold ${bytes.byteLength}`);
  let offset = 0;
  return specs.map((spec) => {
    const own = bytes.subarray(offset, offset + spec.bytes);
    offset += spec.bytes;
    const { name, shape, stored, scale, min } = spec;
    const values = (): Float32Array => {
      const decoded = decodeValues(own, stored);
      return scale === null ? decoded : decoded.map((value) => value * scale + min);
    };
    const quantised = QUANTISED.has(stored);
    return { tensor: { name, shape, dtype: stored, quantised, values }, group: spec.group };
  });
}

interface WeightSpec {
  name: string;
  shape: number[];
  /** Type of the stored values. */
  stored: string;
  scale: number | null;
  min: number;
  bytes: number;
  group: string | null;
}

function readSpec(spec: Json, file: string): WeightSpec {
  if (!isObject(spec)) throw unreadable(file, "an entry of its weights manifest is not an object");
  const name = stringAt(spec, "name");
  const sizes = listAt(spec, "shape");
  const shape = sizes.filter((size): size is number => Number.isSafeInteger(size) && Number(size) >= 0);
  if (name === null || shape.length !== sizes.length)
    throw unreadable(file, "an entry of its weights manifest has no name or no valid shape");
  const declared = stringAt(spec, "dtype") ?? "";
  if (!DTYPES.has(declared))
    throw unreadable(file, `the weight \`${name}\` has the type ${declared || "none"}`);
  const quantization = valueAt(spec, "quantization");
  const settings = objectAt(spec, "quantization");
  const stored = isObject(quantization) ? (stringAt(settings, "dtype") ?? "") : declared;
  if (isObject(quantization) && !QUANTISED.has(stored))
    throw unreadable(file, `the weight \`${name}\` is quantised as ${stored || "nothing"}`);
  const affine = isObject(quantization) && stored !== "float16";
  const scale = affine ? numberAt(settings, "scale") : null;
  const min = affine ? numberAt(settings, "min") : 0;
  if (affine && (scale === null || min === null))
    throw unreadable(file, `the weight \`${name}\` is quantised without a scale and a minimum`);
  const bytes = sizeOf(shape) * (BYTES_PER_VALUE[stored] ?? 0);
  return { name, shape, stored, scale, min: min ?? 0, bytes, group: stringAt(spec, "group") };
}

/**
 * The shards of a group in one piece; without a copy where there is only one.
 * @throws ModelProblem `model-unreadable` for shards that are missing or stand elsewhere
 */
export function groupBytes(paths: readonly Json[], saved: SavedModel): Uint8Array {
  const shards = paths.map((name) => {
    // Shards stand beside the model.json; a path that leads elsewhere is an attack or a mistake.
    if (typeof name !== "string" || !PLAIN_NAME.test(name))
      throw unreadable(saved.main, `the weights file ${JSON.stringify(name)} is not a plain file name`);
    const bytes = saved.files.get(path.posix.join(path.posix.dirname(saved.main), name));
    if (!bytes) throw unreadable(saved.main, `its weights file \`${name}\` is missing`);
    return bytes;
  });
  const [only] = shards;
  return shards.length === 1 && only ? only : Buffer.concat(shards);
}
