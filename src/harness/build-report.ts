import {
  type AccuracyView,
  type Artifact,
  type Baselines,
  describeFault,
  type Evidence,
  type Fault,
  type Grade,
  type Network,
  type Report,
  type Run,
  type TimelinePhase,
} from "../contract/index.js";
import { besideWords, frostLine, groupLayers, timeline, trainingCurves, wilson } from "../facts/index.js";
import { nextStep } from "../judge/index.js";
import { barsOf } from "./bars-of.js";

/** Everything the staff page of one submission shows, from its evidence and its grade. */
export function buildReport(
  evidence: Evidence,
  grade: Grade,
  run: Run,
  submission: { id: string; name: string },
): Report {
  const { items } = evidence;
  const phases = foundValue(items.phases);
  const drawn = network(evidence);
  const stopped = foundValue(items.run)?.stopped;
  return {
    audience: "staff",
    assignment: { id: run.rubric.id, title: run.rubric.title, description: run.rubric.description ?? "" },
    submission: { ...submission, kind: evidence.kind, entry: evidence.entry, hash: evidence.submission.hash },
    mark: { earned: grade.earned, pending: grade.pending, possible: grade.possible },
    // Whatever an item asks for, a program that stops half-way comes first.
    nextStep: stopped?.blame === "submission" ? describeFault(stopped).next : nextStep(grade),
    network: drawn,
    timeline: phasesDrawn(evidence, drawn),
    items: grade.items,
    ...(grade.groups ? { groups: grade.groups } : {}),
    ...(grade.adjustments ? { adjustments: grade.adjustments } : {}),
    accuracy: accuracyView(evidence, grade),
    curves: phases ? trainingCurves(phases, foundValue(items.weights)) : [],
    checks: phases?.checks ?? [],
    run: foundValue(items.run),
    faults: faultsOf(evidence),
    stamp: evidence.stamp,
    versions: versionsOf(run),
  };
}

/** Stands before the rubric's hash among the versions. */
export const RUBRIC = "Rubric";

export function versionsOf(run: Run): Report["versions"] {
  return [
    { label: "Frostline", value: run.frostline },
    { label: RUBRIC, value: `${run.rubric.id}@${run.rubricHash.slice(0, 12)}` },
    { label: "Depth", value: run.depth ?? "train" },
    { label: "Data set", value: short(run.dataset) },
    ...run.bases.map((base) => ({ label: "Base", value: short(base) })),
    { label: "Isolation", value: run.isolation },
    { label: "Backend", value: run.backend },
  ];
}

const short = (ref: string): string => ref.replace(/@([0-9a-f]{12})[0-9a-f]+$/, "@$1");

function foundValue<T>(artifact: Artifact<T>): T | null {
  return artifact.state === "found" ? artifact.value : null;
}

function network(evidence: Evidence): Network | null {
  const structure = foundValue(evidence.items.structure);
  const weights = foundValue(evidence.items.weights);
  if (!structure || !weights) return null;
  const groups = groupLayers(structure, weights);
  return {
    groups,
    frostLine: frostLine(groups, weights),
    caption: structure.base
      ? `${structure.base.family}, recognised by ${structure.base.recognisedBy}`
      : "No pretrained base was recognised",
  };
}

function phasesDrawn(evidence: Evidence, drawn: Network | null): TimelinePhase[] {
  const structure = foundValue(evidence.items.structure);
  const phases = foundValue(evidence.items.phases);
  const weights = foundValue(evidence.items.weights);
  return structure && weights && phases && drawn ? timeline(phases, structure, weights, drawn.groups) : [];
}

function accuracyView(evidence: Evidence, grade: Grade): AccuracyView | null {
  const heldOut = foundValue(evidence.items.heldOut);
  if (!heldOut) return null;
  // Image by image is for comparing two networks; a page shows what they sum to.
  const { right: _, ...summed } = heldOut;
  const { n, correct } = summed;
  const baselines = foundValue(evidence.items.baselines);
  const training = foundValue(evidence.items.training);
  const shifted = foundValue(evidence.items.shifted);
  return {
    heldOut: summed,
    // Its upper end is the one-sided 95 % bound that thresholds are held against.
    interval: { ...wilson(correct, n, 0.9, "two"), confidence: 0.9 },
    thresholds: barsOf(grade.items),
    baselines: [
      { label: "always the largest class", value: baselines?.majority ?? null },
      { label: "same base, random weights", value: baselines?.randomBase ?? null },
      { label: probeLabel(baselines), value: baselines?.linearProbe ?? null },
    ].flatMap(({ label, value }) => (value === null ? [] : [{ label, value }])),
    beside: baselines ? besideWords(baselines) : [],
    claimed: foundValue(evidence.items.claims)?.accuracy ?? null,
    training: training && { n: training.n, correct: training.correct },
    shifted: shifted && { n: shifted.n, correct: shifted.correct },
  };
}

const probeLabel = (baselines: Baselines | null): string =>
  baselines?.measuredOn ? `linear probe on ${baselines.measuredOn.training} training images` : "linear probe";

/** Each fault once, whatever number of items it left undecided; also one that stopped the program and left a model. */
function faultsOf(evidence: Evidence): Fault[] {
  const faults = Object.values(evidence.items).flatMap((item) =>
    item.state === "failed" ? [item.fault] : [],
  );
  const stopped = foundValue(evidence.items.run)?.stopped;
  if (stopped) faults.push(stopped);
  return [...new Map(faults.map((one) => [JSON.stringify(one), one])).values()];
}
