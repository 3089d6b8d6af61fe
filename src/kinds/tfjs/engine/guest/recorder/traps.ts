import type { RecorderContext } from "./context.js";
import type { Training } from "./training.js";

const MOVING = /\/moving_(?:mean|variance)$/;

/** Reports where TensorFlow.js itself did something else than the flags say. */
export function reportTraps(context: RecorderContext, training: Training, changed: readonly string[]): void {
  const { layers } = context.models.named(training.model);
  const frozen = new Set(layers.filter((layer) => !layer.effective).map((layer) => layer.path));
  const moved = changed.filter((path) => MOVING.test(path) && frozen.has(path.replace(MOVING, "")));
  if (moved.length > 0)
    context.emit({ ev: "trap", trap: "frozen-batch-norm-moved", fit: training.fit, paths: moved });

  const declared = new Set(training.declared);
  const trained = training.collected.filter(
    (path) => !declared.has(path) && isInFrozenContainer(path, layers),
  );
  if (trained.length > 0)
    context.emit({ ev: "trap", trap: "container-flag-ignored", fit: training.fit, paths: trained });
}

/** A weight whose own layer is open, below a container that is frozen. */
function isInFrozenContainer(
  path: string,
  layers: readonly { path: string; trainable: boolean; effective: boolean }[],
): boolean {
  const layer = layers.find((candidate) => candidate.path === path.slice(0, path.lastIndexOf("/")));
  return layer?.trainable === true && !layer.effective;
}
