import type { Accuracy, Baselines, ProbeBaselines } from "../contract/index.js";
import { paired } from "./mcnemar.js";

/** The probes' accuracies, and the answers of a submission beside theirs on the images they share. */
export function besideProbes(probe: ProbeBaselines, heldOut: Accuracy): Omit<Baselines, "majority"> {
  const { base, training, images, randomBase, linearProbe, spread } = probe;
  const own = images.map((place) => heldOut.right?.[place] ?? "").join("");
  const comparable = own.length === images.length;
  return {
    randomBase: shareRight(randomBase),
    linearProbe: shareRight(linearProbe),
    measuredOn: { base, training, images: images.length },
    spread,
    ...(comparable
      ? { paired: { randomBase: paired(own, randomBase), linearProbe: paired(own, linearProbe) } }
      : {}),
  };
}

const shareRight = (right: string): number => right.replaceAll("0", "").length / right.length;
