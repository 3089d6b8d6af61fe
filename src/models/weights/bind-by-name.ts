import type { Finding } from "../../contract/index.js";
import type { FlatLayer, FlatNetwork } from "../network/flat-network.js";
import type { BoundWeight } from "../parsed-model.js";
import { canonicalSlot } from "./canonical-slot.js";
import type { StoredTensor } from "./stored-tensor.js";

/** A tensor of a file that names its weights. */
export interface NamedTensor {
  readonly tensor: StoredTensor;
  /** The layer of the outermost network that it belongs to or stands in; null where the file does not say. */
  readonly scope: string | null;
}

/**
 * Gives each tensor to the layer its name ends with: `.../<layer>/<slot>`. Containers are not part of these names,
 * so layers of the same name in two containers take theirs in the order of computation.
 */
export function bindByName(
  flat: FlatNetwork,
  tensors: readonly NamedTensor[],
): { weights: BoundWeight[]; findings: Finding[] } {
  const layers = allLayers(flat);
  const own = claimants(layers, ({ node }) => [[node.name, ""]]);
  // A wrapper may keep its weights under the name of what it wraps.
  const wrapped = claimants(layers, ({ node }) => node.layers.map(({ name }) => [name, `${name}/`]));
  const taken = new Set<string>();
  const findings: Finding[] = [];
  const claim = (
    byName: Claimants,
    { name, slot }: Reading,
    { tensor, scope }: NamedTensor,
  ): BoundWeight | null => {
    for (const { layer, prefix } of byName.get(name) ?? []) {
      const canonical = canonicalSlot(layer.node, prefix + slot);
      const place = `${layer.path}/${canonical}`;
      if (!isWithin(layer, scope) || taken.has(place)) continue;
      taken.add(place);
      return { layer, layerPath: layer.path, slot: canonical, printed: tensor.name, tensor };
    }
    return null;
  };
  const bound = tensors.map((named): BoundWeight => {
    const { tensor } = named;
    const parts = tensor.name.replace(/:\d+$/, "").split("/");
    const possible = readings(parts);
    for (const byName of [own, wrapped])
      for (const reading of possible) {
        const claimed = claim(byName, reading, named);
        if (claimed) return claimed;
      }
    const layerPath = parts.slice(0, -1).join("/");
    findings.push({
      code: "weight-unmatched",
      layer: layerPath,
      detail: `No layer uses the weight ${tensor.name}.`,
    });
    return { layer: null, layerPath, slot: parts.at(-1) ?? "", printed: tensor.name, tensor };
  });
  return { weights: inLayerOrder(layers, bound), findings };
}

type Claimants = ReadonlyMap<string, readonly { layer: FlatLayer; prefix: string }[]>;

function claimants(
  layers: readonly FlatLayer[],
  names: (layer: FlatLayer) => readonly (readonly [name: string, prefix: string])[],
): Claimants {
  const found = new Map<string, { layer: FlatLayer; prefix: string }[]>();
  for (const layer of layers)
    for (const [name, prefix] of names(layer)) {
      const known = found.get(name) ?? [];
      known.push({ layer, prefix });
      found.set(name, known);
    }
  return found;
}

interface Reading {
  readonly name: string;
  readonly slot: string;
}

/** What a name can mean: a layer, whose own name may have slashes in it, and its slot; the likeliest first. */
function readings(parts: readonly string[]): Reading[] {
  const found: Reading[] = [];
  for (let end = parts.length - 1; end > 0; end--)
    for (let start = 0; start < end; start++)
      found.push({ name: parts.slice(start, end).join("/"), slot: parts.slice(end).join("/") });
  return found;
}

const isWithin = ({ path }: FlatLayer, scope: string | null): boolean =>
  scope === null || path === scope || path.startsWith(`${scope}/`);

/** All layers, those inside wrappers at the place of the wrapper. */
export function allLayers(flat: FlatNetwork): FlatLayer[] {
  const inner = new Map(flat.calls.flatMap(({ layer, inner }) => (inner ? [[layer, inner] as const] : [])));
  return flat.layers.flatMap((layer) => {
    const network = inner.get(layer);
    return network ? allLayers(network) : [layer];
  });
}

/** Weights in the order of their layers, and within a layer in the order of the file; unclaimed ones last. */
function inLayerOrder(layers: readonly FlatLayer[], weights: readonly BoundWeight[]): BoundWeight[] {
  const place = new Map(layers.map((layer, index) => [layer, index]));
  const rank = ({ layer }: BoundWeight): number => (layer && place.get(layer)) ?? layers.length;
  return weights.toSorted((a, b) => rank(a) - rank(b));
}
