import type { RecorderContext } from "./context.js";
import type { ModelInternals } from "./model-internals.js";

/** sha256 of every weight's bytes by path; the host computes it and knows those that have not changed. */
export function weightDigests(
  { host, models, tensors }: RecorderContext,
  model: ModelInternals,
): Map<string, string> {
  const digests = new Map<string, string>();
  for (const { path, weight } of models.named(model).weights)
    digests.set(
      path,
      tensors.withId(weight.read(), (id) => host.digest(id)),
    );
  return digests;
}

/** Paths whose digest differs. */
export function changedPaths(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...after].filter(([path, digest]) => before.get(path) !== digest).map(([path]) => path);
}
