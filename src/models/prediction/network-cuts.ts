import { createHash } from "node:crypto";
import type { FlatCall, FlatNetwork } from "../network/flat-network.js";
import { isInput } from "../network/layer-node.js";
import type { ReadyNetwork } from "./run-network.js";

/** A place in a network that everything after it is computed from, and nothing before it. */
export interface Cut {
  readonly call: FlatCall;
  /** SHA-256 over the bytes of all weights up to here; the same for the same weights in whatever file and order. */
  readonly weights: string;
}

/** All cuts of a network behind its first weight, from its images to its answers. Those inside wrappers are left out. */
export function networkCuts(network: ReadyNetwork): Cut[] {
  const { flat } = network;
  const end = flat.calls.findIndex(({ inner }) => inner !== null);
  const calls = end < 0 ? flat.calls : flat.calls.slice(0, end);
  const lastReader = lastReaders(flat);
  const hashes = weightHashes(network);
  const before: string[] = [];
  const cuts: Cut[] = [];
  let readUntil = lastReader.get("input") ?? 0;
  calls.forEach((call, place) => {
    if (isInput(call.layer.node)) return;
    before.push(...(hashes.get(call.layer.path) ?? []));
    // A layer that is applied again has its weights counted once.
    hashes.delete(call.layer.path);
    if (readUntil <= place && lastReader.has(call) && before.length > 0)
      cuts.push({ call, weights: digest(before.toSorted().join()) });
    readUntil = Math.max(readUntil, lastReader.get(call) ?? 0);
  });
  return cuts;
}

/** The place of the last call that reads each value; what the network answers with is read by nobody after it. */
function lastReaders({ calls, outputs }: FlatNetwork): Map<FlatCall | "input", number> {
  const places = new Map<FlatCall | "input", number>();
  const read = (sources: FlatCall["inputs"], place: number): void => {
    for (const source of sources) places.set(source.from === "input" ? "input" : source.call, place);
  };
  calls.forEach(({ inputs, layer }, place) => {
    if (!isInput(layer.node)) read(inputs, place);
  });
  read(outputs.slice(0, 1), calls.length);
  return places;
}

function weightHashes({ parsed }: ReadyNetwork): Map<string, string[]> {
  const hashes = new Map<string, string[]>();
  for (const { layerPath, tensor } of parsed.weights) {
    const values = tensor.values();
    const hash = digest(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    hashes.set(layerPath, [...(hashes.get(layerPath) ?? []), hash]);
  }
  return hashes;
}

const digest = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
