import type { Accuracy, Claims, CrossCheck, RunFacts } from "./evidence.js";
import type { Fault } from "./fault.js";
import type { Adjustment, GradedGroup, GradedItem } from "./grade.js";

/** A run of neighbouring layers drawn as one bar of the network. */
export interface LayerGroup {
  title: string;
  part: "base" | "head" | "input";
  layers: number;
  parameters: number;
  /** Frozen: every tensor is the checkpoint's, or none was trained. Mixed: some were trained. */
  state: "frozen" | "trained" | "mixed" | "none";
  tensors: number;
  identical: number;
}

export interface Network {
  groups: LayerGroup[];
  /** The frost line lies after this many groups; null when there is none to draw. */
  frostLine: { after: number; proof: string } | null;
  caption: string;
}

/** One phase of training as drawn beside the network. */
export interface TimelinePhase {
  title: string;
  /** Indexes into `Network.groups` that were open (trained). */
  open: number[];
  optimizer: string;
  learningRate: string;
  epochs: string;
  samples: number | null;
  recompiled: boolean | null;
  cutShort: string | null;
}

export interface Curve {
  phase: number;
  /** loss, val_loss, accuracy or val_accuracy. */
  name: string;
  values: number[];
}

export interface AccuracyView {
  heldOut: Accuracy;
  interval: { low: number; high: number; confidence: number };
  thresholds: { label: string; value: number }[];
  baselines: { label: string; value: number }[];
  /** What the accuracy means beside the baselines, in sentences. */
  beside: string[];
  claimed: Claims["accuracy"];
  training: { n: number; correct: number } | null;
  shifted: { n: number; correct: number } | null;
}

/** Which of a student's hand-ins a submission is, where the rubric says which of them counts. */
export interface AttemptView {
  student: string;
  /** From 1. */
  number: number;
  counts: "best" | "last";
}

/** Everything a page about one submission may show; the student's is built from an allow-list of it. */
export interface Report {
  audience: "staff" | "student";
  assignment: { id: string; title: string; description: string };
  submission: { id: string; name: string; kind: string | null; entry: string | null; hash: string };
  mark: { earned: number; pending: number; possible: number };
  /** Left out where the rubric knows no attempts beside each other. */
  attempt?: AttemptView;
  /** One sentence: the most useful thing to do next. */
  nextStep: string;
  network: Network | null;
  timeline: TimelinePhase[];
  items: GradedItem[];
  /** Left out where the rubric has no groups. */
  groups?: GradedGroup[];
  /** Left out where nothing is added to or taken off the sum of the items. */
  adjustments?: Adjustment[];
  accuracy: AccuracyView | null;
  curves: Curve[];
  checks: CrossCheck[];
  run: RunFacts | null;
  faults: Fault[];
  stamp: string | null;
  versions: { label: string; value: string }[];
}

export interface ClassRow {
  /** For the teacher: everything. */
  report: Report;
  /** The same submission for the student's eyes, built from an allow-list. */
  student: Report;
  /** Paths of the two pages, relative to the class page. */
  staffPage: string;
  studentPage: string;
  /** All of the student's attempts in their order, this one among them; left out as `Report.attempt`. */
  attempts?: { number: number; page: string; mark: Report["mark"] }[];
}

/** The class page: what a teacher reads first. */
export interface ClassReport {
  assignment: Report["assignment"];
  rows: ClassRow[];
  versions: { label: string; value: string }[];
  stamp: string | null;
}

/** A file of a run, by its path relative to the run's folder. */
export interface RenderedFile {
  path: string;
  text: string;
}

/** A format: reports to files. Pure; the harness writes what it returns. */
export interface Reporter {
  id: string;
  title: string;
  /** Files about the class as a whole. */
  render(report: ClassReport): RenderedFile[];
  /** Makes ready what renders the files about one submission, for a format that has any. */
  renderRows?(): (row: ClassRow) => RenderedFile[];
}
