import type { ModelFormat } from "../contract/index.js";

/** A file that could be the one to open first. */
export interface RecognisedModel {
  readonly format: ModelFormat;
  readonly main: string;
}

/** Bytes at the start of a file that tell what it is. */
const HEAD = 4096;

/**
 * The saved models among files, by their bytes rather than by their names alone; those nearest the top first.
 * A `model.json` comes without its shards, a SavedModel by its `saved_model.pb`.
 */
export function recogniseFormat(files: ReadonlyMap<string, Uint8Array>): RecognisedModel[] {
  return [...files]
    .flatMap(([main, bytes]): RecognisedModel[] => {
      const format = formatOf(main, bytes);
      return format ? [{ format, main }] : [];
    })
    .toSorted((a, b) => depth(a.main) - depth(b.main) || (a.main < b.main ? -1 : 1));
}

const depth = (name: string): number => name.split("/").length;

/** The format of a file; null for a file that is no saved model. */
export function formatOf(name: string, bytes: Uint8Array): ModelFormat | null {
  const lower = name.toLowerCase();
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return lower.endsWith(".keras") ? "keras-v3" : null;
  if (startsWith(bytes, [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]))
    return lower.endsWith(".weights.h5") ? "keras-weights" : "keras-h5";
  if (lower.endsWith("saved_model.pb")) return "saved-model";
  return lower.endsWith(".json") ? jsonFormat(bytes) : null;
}

function jsonFormat(bytes: Uint8Array): ModelFormat | null {
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD));
  // What the writers put first: `format`, or the topology with its class or its nodes.
  if (/"format"\s*:\s*"graph-model"|"modelTopology"\s*:\s*\{\s*"(node|library|versions)"/.test(head))
    return "tfjs-graph";
  return /"format"\s*:\s*"layers-model"|"modelTopology"\s*:/.test(head) || mentionsWeights(bytes)
    ? "tfjs-layers"
    : null;
}

function mentionsWeights(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 16 * 1024 * 1024)).includes('"weightsManifest"');
}

const startsWith = (bytes: Uint8Array, head: readonly number[]): boolean =>
  head.every((byte, index) => bytes[index] === byte);
