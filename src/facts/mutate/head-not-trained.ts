import { atChance } from "./edit-accuracy.js";
import { foundIn, withValues } from "./edit-evidence.js";
import { flagged, freshHead, pathsOf, trainableBase, trainableHead } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** Training ran, but the head was frozen with everything else. */
export const headNotTrained: Mutation = {
  id: "head-not-trained",
  title: "the head was frozen and never trained",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    const weights = foundIn(evidence, "weights");
    const heldOut = foundIn(evidence, "heldOut");
    if (!phases || !weights || phases.fits.length === 0) return null;
    // Fits of the head alone name its weights by their place in the head.
    const head = new Set(trainableHead(weights).flatMap(({ path, printed }) => [path, printed]));
    const without = (names: readonly string[]): string[] =>
      names.filter((name) => ![...head].some((one) => one === name || one.endsWith(`/${name}`)));
    const fits = phases.fits.map((fit) => ({
      ...fit,
      trained: without(fit.trained),
      declared: without(fit.declared),
      declaredAtCompile: fit.declaredAtCompile && without(fit.declaredAtCompile),
      changed: fit.changed && without(fit.changed),
    }));
    const optimizer = foundIn(evidence, "optimizer");
    return withValues(evidence, {
      phases: { ...phases, fits },
      weights: freshHead(
        flagged(weights, new Set(pathsOf(trainableBase(weights).filter(({ trainable }) => trainable)))),
      ),
      optimizer: optimizer && { ...optimizer, trained: optimizer.trained && without(optimizer.trained) },
      heldOut: heldOut && atChance(heldOut),
    });
  },
};
