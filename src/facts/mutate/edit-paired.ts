import type { Accuracy, Baselines, Paired } from "../../contract/index.js";

/** Comparisons image by image follow another accuracy as if the two networks' mistakes had nothing to do with each other. */
export function pairedAnew(baselines: Baselines, { correct, n }: Accuracy): Baselines {
  const { paired, randomBase, linearProbe } = baselines;
  if (!paired || randomBase === null || linearProbe === null) return baselines;
  const anew = ({ images }: Paired, rate: number): Paired => {
    const own = Math.round((correct / n) * images);
    const other = Math.round(rate * images);
    const both = Math.round((own * other) / images);
    return { images, won: own - both, lost: other - both };
  };
  return {
    ...baselines,
    paired: {
      randomBase: anew(paired.randomBase, randomBase),
      linearProbe: anew(paired.linearProbe, linearProbe),
    },
  };
}
