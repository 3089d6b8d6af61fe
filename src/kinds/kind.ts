import type {
  Artifact,
  Claims,
  Fault,
  KeptWeights,
  Limits,
  Phases,
  PredictionInputs,
  Predictions,
  Preprocessing,
  RunFacts,
  RunSettings,
  SavedModel,
  Snapshot,
} from "../contract/index.js";
import type { Sandbox } from "../sandbox/index.js";
import type { OpenBase, OpenDataset } from "../store/index.js";

/** What an assignment gives to every submission: public data, bases, limits, and how far it is run. */
export interface Assignment {
  dataset: OpenDataset;
  bases: readonly OpenBase[];
  /** Height and width for models whose input size is free, pixels. */
  imageSize: number;
  limits: Limits;
  run: RunSettings;
}

export type Recognition =
  | { state: "recognised"; entry: string }
  | { state: "other" }
  | { state: "unclear"; fault: Fault };

export interface KindJob {
  snapshot: Snapshot;
  entry: string;
  assignment: Assignment;
  sandbox: Sandbox;
  /** `tensorflow` or `wasm`: the kernels that programs run on here. */
  backend: string;
  /** Where set-up put the native parts and engine bundles: the project's root folder. */
  root: string;
  seed: number;
  signal?: AbortSignal;
}

/** What running a submission gave. Only `models` is looked into further; everything else is what was said or seen. */
export interface KindResult {
  run: RunFacts;
  /** The saved model, or base and head to be applied in that order. */
  models: Artifact<readonly SavedModel[]>;
  phases: Artifact<Phases>;
  /** The weights after each fit, where they were kept. */
  kept?: KeptWeights;
  /** What was recognised in the pixels fed to training; null when it could not be. */
  preprocessing: Preprocessing | null;
  /** Name of a function of the program's own that prepares images for its model. */
  prepare?: string;
  claims: Artifact<Claims>;
  /** What stopped the program, where something did; a model may be there all the same. */
  fault: Fault | null;
  /** A published checkpoint that random weights stood in for, so that nothing that depends on it can be judged. */
  standIn?: Fault;
}

/** Whether what a kind runs programs with works on this machine, and in words what it means. */
export interface KindTrial {
  name: string;
  works: boolean;
  state: string;
  /** What it costs to be without it. */
  cost: string;
  /** How to get it. */
  fix: string;
}

/** One way of handing in: how to recognise it and how to run it. */
export interface Kind {
  id: string;
  title: string;
  /** One sentence of what it expects, used when nothing was recognised. */
  expects: string;
  /** What is handed in. */
  takes: "code" | "model";
  recognise(snapshot: Snapshot): Recognition;
  run(job: KindJob): Promise<KindResult>;
  /** What the program says of itself, in sentences, read without executing anything. */
  readSource?(snapshot: Snapshot, entry: string): string[];
  /** Tries what it runs programs with by using it; for a kind that needs a part of its own. */
  examine?(root: string, sandbox: Sandbox): Promise<KindTrial>;
  /** Predicts with the framework itself what Frostline's own forward pass cannot express; null where that cannot load it. */
  predict?(
    job: KindJob,
    models: readonly SavedModel[],
    inputs: PredictionInputs,
  ): Promise<Artifact<Predictions> | null>;
}
