import type { KeptTensor, KeptWeights } from "../../contract/index.js";
import { weightStatistics } from "../../models/index.js";
import type { EventOf } from "./events.js";
import type { RunnerFrames } from "./read-models.js";
import { readSafetensors } from "./read-safetensors.js";

/** What each fit moved, from the bytes that the runner sent after it; null when nothing was fitted. */
export function readKeptWeights({ events, files }: RunnerFrames): KeptWeights | null {
  const fits = events.filter((event): event is EventOf<"fitStart"> => event.ev === "fitStart");
  const [first] = fits;
  const last = fits.at(-1);
  if (!first || !last) return null;
  const sent = new Map(files.filter(({ role }) => role === "weights").map((file) => [file.path, file.bytes]));
  const tooLarge = new Set(events.flatMap((event) => (event.ev === "notKept" ? [event.fit] : [])));
  return {
    moved: fits.map(({ fit }) => {
      const bytes = sent.get(fileOf(fit));
      if (!bytes) return tooLarge.has(fit) ? null : [];
      const tensors = readSafetensors(bytes);
      return tensors && [...tensors].map(([path, values]) => keptTensor(path, values));
    }),
    begin: first.digests,
    replaced: wasReplaced(events.slice(events.indexOf(last)), last),
    files: sent,
  };
}

const fileOf = (fit: number): string => `fit-${fit}.safetensors`;

function keptTensor(path: string, values: Float32Array): KeptTensor {
  const { sha256, samples } = weightStatistics(values);
  return { path, sha256, samples };
}

/** Loaded again after its last fit, the file of one epoch, or another model than was fitted. */
function wasReplaced(later: RunnerFrames["events"], last: EventOf<"fitStart">): boolean {
  return later.some(
    (event) =>
      event.ev === "weightsLoaded" ||
      event.ev === "checkpoint" ||
      (event.ev === "model" && event.role !== "base" && event.model.id !== last.model.id),
  );
}
