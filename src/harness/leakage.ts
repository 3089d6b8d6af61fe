import { readFile } from "node:fs/promises";
import {
  type Artifact,
  absent,
  found,
  type Leakage,
  type Snapshot,
  type SplitName,
} from "../contract/index.js";
import { comparePictures } from "../facts/index.js";
import { type JailContext, picturePrints } from "../models/index.js";
import type { OpenDataset } from "../store/index.js";

/** Pictures that a submission brought, held against the hidden ones. */
export type LeakageOf = (snapshot: Snapshot) => Promise<Artifact<Leakage>>;

const HIDDEN: readonly SplitName[] = ["hidden", "shifted"];
const OPEN: readonly SplitName[] = ["train", "validation"];

/** The assignment's own pictures are read when the first submission brings any, once for all of them. */
export function openLeakage(context: JailContext, dataset: OpenDataset): LeakageOf {
  let own: ReturnType<typeof ownPrints> | null = null;
  return async (snapshot) => {
    const paths = snapshot.files.map(({ path }) => path).filter((path) => isPicture(snapshot.read(path)));
    if (paths.length === 0) return found(comparePictures([], [], []), "measured");
    own ??= ownPrints(context, dataset);
    const [handedIn, known] = await Promise.all([
      picturePrints(
        context,
        paths.map((path) => snapshot.read(path)),
      ),
      own,
    ]);
    if (handedIn.state !== "found") return handedIn;
    if (known.state !== "found") return known;
    const pictures = paths.map((path, index) => ({ path, print: handedIn.value[index] ?? null }));
    return found(comparePictures(pictures, known.value.hidden, known.value.open), "measured");
  };
}

/** Known by its first bytes: names say what their giver likes. */
function isPicture(bytes: Uint8Array): boolean {
  const starts = (...signature: number[]): boolean => signature.every((byte, place) => bytes[place] === byte);
  return (
    starts(0x89, 0x50, 0x4e, 0x47) ||
    starts(0xff, 0xd8, 0xff) ||
    starts(0x47, 0x49, 0x46, 0x38) ||
    isWebp(bytes)
  );
}

const isWebp = (bytes: Uint8Array): boolean =>
  new TextDecoder("latin1").decode(bytes.subarray(0, 12)).replace(/^RIFF....WEBP$/s, "webp") === "webp";

async function ownPrints(context: JailContext, dataset: OpenDataset) {
  const of = (splits: readonly SplitName[]) => splits.flatMap((split) => dataset.examples(split));
  const hidden = of(HIDDEN);
  const all = [...hidden, ...of(OPEN)];
  const prints = await picturePrints(context, await Promise.all(all.map(({ path }) => readFile(path))));
  if (prints.state !== "found") return prints;
  const kept = (part: typeof prints.value) => part.filter((print) => print !== null);
  return found(
    { hidden: kept(prints.value.slice(0, hidden.length)), open: kept(prints.value.slice(hidden.length)) },
    "measured",
  );
}

/** Where hidden pictures are not at hand, nothing can be compared with them. */
export const NO_HIDDEN_PICTURES = absent("Hidden pictures are only compared when a class is graded.");
