import { type Dataset, type Hdf5Node, readBytes } from "../bytes/hdf5/open-hdf5.js";
import { unreadable } from "../model-problem.js";
import { decodeValues } from "./decode-values.js";
import type { StoredTensor } from "./stored-tensor.js";

const WIDE = new Set(["float32", "float64", "int64", "uint64", "int32", "uint32"]);

/**
 * A data set of an HDF5 file as a tensor.
 * @throws ModelProblem `model-unreadable` when its values are no numbers that a weight can have
 */
export function storedDataset(node: Hdf5Node, dataset: Dataset, name: string, file: string): StoredTensor {
  // Keras writes bfloat16 as plain 16-bit integers and says so beside them.
  const said = node.attributes.get("dtype")?.[0];
  const dtype = said === "bfloat16" ? said : dataset.dtype;
  if (dtype === null) throw unreadable(file, `the weight \`${name}\` is not stored as little-endian numbers`);
  return {
    name,
    shape: dataset.shape,
    dtype,
    quantised: !WIDE.has(dtype),
    values: () => decodeValues(readBytes(dataset, file), dtype),
  };
}

/** The data sets called 0, 1, 2, ... of a group, in that order. */
export function numberedDatasets(group: Hdf5Node | undefined, name: string, file: string): StoredTensor[] {
  const numbered = [...(group?.members ?? [])].filter(([key]) => /^\d+$/.test(key));
  return numbered
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .flatMap(([key, node]) =>
      node.dataset ? [storedDataset(node, node.dataset, `${name}/${key}`, file)] : [],
    );
}
