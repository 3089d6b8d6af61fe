import type { Hdf5Node } from "../bytes/hdf5/open-hdf5.js";
import { unreadable } from "../model-problem.js";
import type { NamedTensor } from "./bind-by-name.js";
import { storedDataset } from "./stored-dataset.js";
import type { StoredTensor } from "./stored-tensor.js";

/** A list of names, which is split over `name0`, `name1`, ... when it is too long for one attribute. */
function listAttribute(node: Hdf5Node, name: string): string[] {
  const parts = node.attributes.has(name)
    ? [node.attributes.get(name) ?? []]
    : Array.from(node.attributes.keys(), (_, i) => node.attributes.get(`${name}${i}`) ?? []);
  return parts.flat().filter((item) => typeof item === "string");
}

/** The weights of a legacy group by the layers of the outermost network. */
export function namedWeights(group: Hdf5Node, file: string): NamedTensor[] {
  return listAttribute(group, "layer_names").flatMap((scope) => {
    const own = group.members.get(scope);
    return own ? listedTensors(own, scope, file).map((tensor) => ({ tensor, scope })) : [];
  });
}

/**
 * The data sets that a group lists in `weight_names`, each found by its name as a path.
 * @throws ModelProblem `model-unreadable` for names without a data set
 */
export function listedTensors(group: Hdf5Node, where: string, file: string): StoredTensor[] {
  return listAttribute(group, "weight_names").map((name) => {
    const node = name.split("/").reduce<Hdf5Node | undefined>((at, part) => at?.members.get(part), group);
    if (!node?.dataset)
      throw unreadable(file, `the weight \`${name}\` of \`${where}\` is listed but missing`);
    return storedDataset(node, node.dataset, name, file);
  });
}
