import { createHash } from "node:crypto";
import type { SplitName } from "../contract/index.js";
import { datasetInvalid } from "./dataset-invalid.js";
import { groupBy } from "./group-by.js";
import type { DroppedPicture, Picture } from "./picture.js";

export interface SplitPlan {
  seed: number;
  /** Shares of the pictures to divide, 0..1; used only for splits that were not given. */
  hiddenFraction: number;
  validationFraction: number;
}

export interface SplitPictures {
  placed: { picture: Picture; split: SplitName }[];
  dropped: DroppedPicture[];
  /** How it was divided, in a sentence or two. */
  rule: string;
}

/** A picture found in several given splits stays in the one furthest from training. */
const STRENGTH: readonly SplitName[] = ["train", "validation", "shifted", "hidden"];

/**
 * Gives every picture its split: as given, and divided by class where not given. Pictures with equal bytes go
 * together; the same plan and pictures give the same splits on every machine.
 * @throws FrostlineFault `dataset-invalid` for a class too small to divide
 */
export function splitPictures(pictures: readonly Picture[], plan: SplitPlan): SplitPictures {
  const dropped: DroppedPicture[] = [];
  const groups = groupBy(pictures, ({ sha256 }) => sha256);
  const clean = [...groups.values()].flatMap((group) => {
    const kept = withoutConflicts(group);
    dropped.push(...kept.dropped);
    return kept.pictures.length > 0 ? [kept.pictures] : [];
  });
  const given = new Set(pictures.map((picture) => picture.given));
  const isPool = (group: Picture[]) => group[0]?.given === null || group[0]?.given === "train";
  const drawn = { hidden: !given.has("hidden"), validation: !given.has("validation") };
  const fixed = clean.filter((group) => !isPool(group));
  const byClass = groupBy(clean.filter(isPool), (group) => group[0]?.class ?? "");
  const placed = [
    ...fixed.flat().map((picture) => ({ picture, split: picture.given ?? "train" })),
    ...[...byClass].flatMap(([label, ofClass]) => divide(label, ofClass, drawn, plan)),
  ];
  return { placed, dropped, rule: describe(drawn, plan) };
}

function withoutConflicts(group: Picture[]): { pictures: Picture[]; dropped: DroppedPicture[] } {
  const labels = [...new Set(group.map((picture) => picture.class))].sort();
  if (labels.length > 1) {
    const why = `the same picture is in the classes ${labels.join(" and ")}`;
    return { pictures: [], dropped: group.map(({ origin }) => ({ origin, why })) };
  }
  const strongest = Math.max(...group.map(strength));
  const pictures = group.filter((picture) => strength(picture) === strongest);
  const why = `the same picture is at ${pictures[0]?.origin}`;
  const weaker = group.filter((picture) => strength(picture) < strongest);
  return { pictures, dropped: weaker.map(({ origin }) => ({ origin, why })) };
}

function strength({ given }: Picture): number {
  return STRENGTH.indexOf(given ?? "train");
}

function divide(
  label: string,
  groups: Picture[][],
  drawn: { hidden: boolean; validation: boolean },
  plan: SplitPlan,
): { picture: Picture; split: SplitName }[] {
  const total = groups.flat().length;
  const share = (wanted: boolean, fraction: number) =>
    wanted ? Math.max(1, Math.round(total * fraction)) : 0;
  const wanted = {
    hidden: share(drawn.hidden, plan.hiddenFraction),
    validation: share(drawn.validation, plan.validationFraction),
  };
  const filled = { hidden: 0, validation: 0, train: 0 };
  const placed: { picture: Picture; split: SplitName }[] = [];
  for (const group of inDrawOrder(groups, plan.seed)) {
    const needy = (["hidden", "validation"] as const).find((one) => filled[one] < wanted[one]);
    const split: keyof typeof filled = needy ?? "train";
    filled[split] += group.length;
    placed.push(...group.map((picture) => ({ picture, split })));
  }
  // A draw fills train last, so a class that reached train has something in every split.
  if (filled.train === 0)
    throw datasetInvalid(label, `it has ${groups.length} different pictures, too few to divide`, {
      expected: "At least one picture a class in each of train, validation and hidden",
      hint: "Add pictures to the class, or ask for smaller shares.",
    });
  return placed;
}

/** By a hash of seed and content, so that neither file names nor the order on disk matter. */
function inDrawOrder(groups: readonly Picture[][], seed: number): Picture[][] {
  const keyed = groups.map((group) => ({ group, key: sha256(`${seed}:${group[0]?.sha256}`) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ group }) => group);
}

function describe(drawn: { hidden: boolean; validation: boolean }, plan: SplitPlan): string {
  const shares = [
    drawn.hidden ? `${plan.hiddenFraction} hidden` : null,
    drawn.validation ? `${plan.validationFraction} validation` : null,
  ].filter((share) => share !== null);
  const order = `in the order of sha256('${plan.seed}:<sha256 of the file>')`;
  const divided =
    shares.length > 0
      ? `What was not given is drawn from train, by class ${order}: first ${shares.join(", then ")}, the rest train.`
      : "All splits are as given.";
  return `${divided} Files with equal bytes stay together, in the split furthest from training.`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
