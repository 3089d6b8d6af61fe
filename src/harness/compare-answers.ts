import {
  type Accuracy,
  describeFault,
  type Evidence,
  FrostlineFault,
  nearest,
  type Paired,
  type Run,
} from "../contract/index.js";
import {
  BASELINES,
  type BaselineName,
  betterOrWorse,
  imageByImage,
  listed,
  mcnemar,
  paired,
} from "../facts/index.js";
import { openRunFolder, type RunFolder } from "./run-folder.js";

/** Whom a submission is held against: another one of the run, or a baseline of its assignment. */
export type Against = { submission: string } | { baseline: BaselineName };

/** Two networks on the same hidden images, as McNemar's test compares them. */
export interface Comparison {
  one: string;
  other: string;
  images: number;
  /** Images that only one of the two got right. */
  onlyOne: number;
  onlyOther: number;
  /** McNemar's exact test, two-sided. */
  p: number;
  /** Of the outcome, one-sided. */
  confidence: number;
  outcome: "better" | "worse" | "neither";
}

const CONFIDENCE = 0.95;

/**
 * Holds a submission of a stored run against another one or a baseline, image by image. Nothing is run.
 * @throws FrostlineFault `file-missing` for a folder without a run, `option-invalid` for a submission that is not in
 * it, `answers-missing` and `answers-unpaired` where there is nothing to compare
 */
export async function compareAnswers(path: string, one: string, against: Against): Promise<Comparison> {
  const folder = openRunFolder(path);
  const run = await folder.readRun();
  const first = answersOf(folder, run, one);
  if ("baseline" in against) {
    const { baseline } = against;
    return comparison(first.name, BASELINES[baseline], besideBaseline(first, baseline));
  }
  const second = answersOf(folder, run, against.submission);
  if (second.name === first.name)
    throw option(
      "The second submission",
      `\`${second.name}\` too`,
      "Another submission",
      "Name two of them.",
    );
  return comparison(first.name, second.name, besideAnother(first, second));
}

interface Answers {
  name: string;
  evidence: Evidence;
  heldOut: Accuracy;
}

function answersOf(folder: RunFolder, { submissions }: Run, wanted: string): Answers {
  const found = submissions.find(({ id, name }) => name === wanted || id === wanted);
  if (!found) {
    const names = submissions.map(({ name }) => name);
    const near = nearest(wanted, names);
    const hint = near ? `Did you mean \`${near}\`?` : "Name one of these.";
    throw option(
      "The submission",
      `\`${wanted}\`, which is not in the run`,
      `One of ${listed(names, 10)}`,
      hint,
    );
  }
  const { id, name } = found;
  const evidence = folder.readEvidence(id);
  if (!evidence) throw missing(name, "no usable evidence is stored.");
  const { heldOut } = evidence.items;
  if (heldOut.state === "absent") throw missing(name, heldOut.why);
  if (heldOut.state === "failed") throw missing(name, describeFault(heldOut.fault).what);
  return { name, evidence, heldOut: heldOut.value };
}

function besideBaseline({ name, evidence, heldOut }: Answers, baseline: BaselineName): Paired {
  const { baselines } = evidence.items;
  const pairs = baselines.state === "found" ? imageByImage(baselines.value, heldOut, baseline) : null;
  if (!pairs) throw missing(name, `${BASELINES[baseline]} was not measured beside it, image by image.`);
  return pairs;
}

function besideAnother(one: Answers, other: Answers): Paired {
  const [first, second] = [kept(one), kept(other)];
  const found = differing(one, other);
  if (found !== null)
    throw new FrostlineFault("answers-unpaired", { one: one.name, other: other.name, found });
  return paired(first, second);
}

function kept({ name, heldOut }: Answers): string {
  if (heldOut.right === undefined) throw missing(name, "only the number of right ones was kept.");
  return heldOut.right;
}

/** What shows that two records are of different images; null where nothing does. */
function differing(one: Answers, other: Answers): string | null {
  const [a, b] = [one.heldOut, other.heldOut];
  if (a.n !== b.n) return `there are ${a.n} and ${b.n}`;
  const counts = ({ classes, confusion }: Accuracy): string =>
    classes.map((label, index) => `${confusion[index]?.reduce((sum, n) => sum + n, 0)} ${label}`).join(", ");
  return counts(a) === counts(b) ? null : `there are ${counts(a)}, and ${counts(b)}`;
}

const comparison = (one: string, other: string, pairs: Paired): Comparison => ({
  one,
  other,
  images: pairs.images,
  onlyOne: pairs.won,
  onlyOther: pairs.lost,
  p: mcnemar(pairs),
  confidence: CONFIDENCE,
  outcome: betterOrWorse(pairs, CONFIDENCE),
});

const missing = (submission: string, why: string): FrostlineFault =>
  new FrostlineFault("answers-missing", { submission, why });

const option = (name: string, found: string, expected: string, hint: string): FrostlineFault =>
  new FrostlineFault("option-invalid", { option: name, found, expected, hint });
