import type { Dataset, SplitName } from "../contract/index.js";
import { datasetInvalid } from "./dataset-invalid.js";
import { groupBy } from "./group-by.js";
import type { Picture } from "./picture.js";

const SPLITS: readonly SplitName[] = ["train", "validation", "hidden", "shifted"];

/**
 * Describes placed pictures as `dataset.json` does: files by path, classes and counts.
 * @throws FrostlineFault `dataset-invalid` where classes and splits do not make a task
 */
export function makeManifest(
  placed: readonly { picture: Picture; split: SplitName }[],
  about: Pick<Dataset, "name" | "title" | "licence" | "source" | "split">,
): Dataset {
  const classes = [...new Set(placed.map(({ picture }) => picture.class))].sort();
  if (classes.length < 2)
    throw datasetInvalid(
      about.source,
      `it has ${classes.length === 0 ? "no classes" : `one class, ${classes[0]}`}`,
    );
  const counts: Dataset["counts"] = {};
  for (const split of SPLITS) {
    const ofSplit = placed.filter((one) => one.split === split);
    if (ofSplit.length > 0)
      counts[split] = Object.fromEntries(
        classes.map((label) => [label, ofSplit.filter(({ picture }) => picture.class === label).length]),
      );
  }
  const untrained = classes.find((label) => !counts["train"]?.[label]);
  if (untrained !== undefined)
    throw datasetInvalid(about.source, `the class \`${untrained}\` has no pictures to train on`);
  const files = placed
    .map(({ picture, split }) => ({
      path: `${split}/${picture.class}/${picture.name}`,
      sha256: picture.sha256,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const size = commonSize(placed.map(({ picture }) => picture));
  return { ...about, classes, image: { ...size, channels: 3 }, counts, files };
}

/** The size most pictures have; of equally common ones the first by name, so that the answer never wavers. */
function commonSize(pictures: readonly Picture[]): { width: number; height: number } {
  const bySize = groupBy(pictures, ({ width, height }) => `${width}x${height}`);
  const [largest] = [...bySize].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
  const [first] = largest?.[1] ?? [];
  return { width: first?.width ?? 0, height: first?.height ?? 0 };
}
