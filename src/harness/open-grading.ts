import { GRADERS } from "../../graders/index.js";
import type { Depth, Run, SplitName } from "../contract/index.js";
import { findSubmissions } from "../intake/index.js";
import { type CompiledItem, compileRubric, rubricHash } from "../judge/index.js";
import { KINDS } from "../kinds/index.js";
import { backendOf } from "../models/index.js";
import { openSandbox } from "../sandbox/index.js";
import { openStore } from "../store/index.js";
import { openBaseMaps } from "./base-maps.js";
import { openBaselines } from "./baselines.js";
import { type Choice, chooseSubmissions } from "./choose-submissions.js";
import { type KeyParts, runnerVersion } from "./evidence-key.js";
import { openLeakage } from "./leakage.js";
import type { Observer } from "./observe.js";
import { openAssignment, readRubric } from "./open-assignment.js";
import { fileId, type RunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";
import { VERSION } from "./version.js";

export interface GradingRequest extends Choice {
  root: string;
  /** Class folders, submission folders or archives. */
  paths: readonly string[];
  /** A rubric's file, or the id of one that comes with Frostline. */
  rubric: string;
  unsafe: boolean;
  /** In place of the depth that the rubric asks for. */
  depth?: Depth;
  store?: string;
  signal?: AbortSignal;
  /** The split that stands for images the student never saw. */
  unseen: SplitName;
  /** Where model files and predictions are kept; null keeps nothing. */
  folder: RunFolder | null;
  /** What every result is stamped with when the sandbox is on; null for a result that counts. */
  stamp: string | null;
  /** Whether baselines that need a base to be run are worth their time for this rubric. */
  wantsBaselines(items: readonly CompiledItem[]): boolean;
  seed: number;
}

/** All that grading needs, opened and verified: what was asked, and with which parts. */
export interface Grading {
  /** Lists what is graded now, and what was left out now but is known from before. */
  run: Run;
  items: CompiledItem[];
  submissions: { id: string; name: string; path: string }[];
  observer: Observer;
  keyParts: Omit<KeyParts, "submission">;
}

/**
 * Opens rubric, store, assignment, submissions and sandbox, in this order, so that the cheapest complaint comes first.
 * @throws FrostlineFault for a rubric, data or sandbox fault; nothing of a submission was run.
 */
export async function openGrading(request: GradingRequest): Promise<Grading> {
  const { root, unseen, unsafe } = request;
  const asked = await readRubric(root, request.rubric);
  const rubric = request.depth ? { ...asked, run: { ...asked.run, depth: request.depth } } : asked;
  const items = compileRubric(rubric, GRADERS, request.rubric);
  const store = openStore({ root, ...(request.store ? { folder: request.store } : {}) });
  const assignment = await openAssignment(store, rubric);
  const found = (await findSubmissions(request.paths)).map(({ id, path }) => ({
    id: fileId(id),
    name: id,
    path,
  }));
  const submissions = chooseSubmissions(found, request);
  const chosen = new Set(submissions);
  const listed = found.filter((one) => chosen.has(one) || Boolean(request.folder?.readEvidence(one.id)));
  const sandbox = await openSandbox({ unsafe });
  const backend = backendOf(root);
  const stamp = unsafe ? "UNSANDBOXED" : request.stamp;
  const context = { sandbox, root };
  return {
    run: {
      schema: "frostline/run/1",
      frostline: VERSION,
      rubric,
      rubricHash: rubricHash(rubric, sha256),
      dataset: assignment.dataset.ref,
      bases: assignment.bases.map((base) => base.ref),
      depth: assignment.run.depth,
      isolation: sandbox.id,
      backend,
      stamp,
      submissions: listed.map(({ id, name }) => ({ id, name })),
    },
    items,
    submissions,
    observer: {
      root,
      backend,
      assignment,
      kinds: KINDS,
      sandbox,
      folder: request.folder,
      splits: [
        { key: "heldOut", split: unseen },
        { key: "training", split: "train" },
        // Pictures of another style are for the teacher's eyes, as the hidden ones are.
        ...(unseen === "hidden" ? [{ key: "shifted", split: "shifted" } as const] : []),
      ],
      baselines: request.wantsBaselines(items)
        ? openBaselines({ context, assignment, split: unseen, folder: store.folder, backend })
        : null,
      baseMaps: openBaseMaps(context, assignment.bases),
      leakage: unseen === "hidden" ? openLeakage(context, assignment.dataset) : null,
      stamp,
      seed: request.seed,
      ...(request.signal ? { signal: request.signal } : {}),
    },
    keyParts: {
      assignment,
      runner: runnerVersion(root),
      isolation: sandbox.id,
      backend,
      heldOutSplit: unseen,
    },
  };
}
