import { absent, found, type ModelFacts, type RunFacts } from "../../contract/index.js";
import { readModel } from "../../models/index.js";
import type { KindJob, KindResult } from "../kind.js";
import { baseFirst } from "./base-first.js";
import { phasesOf } from "./phases-of.js";
import { type SavedFile, savedModels } from "./saved-models.js";

const NOTHING_SAID = "A saved model says nothing of how it was trained before its last optimizer was made.";

/**
 * Hands the saved model over as it is. Of two models, one that takes what the other gives is the head on a base;
 * else what changed between them is the second phase, by bytes.
 */
export async function handOver(job: KindJob): Promise<KindResult> {
  const saved = savedModels(job.snapshot);
  const facts = saved.length === 2 ? await factsOf(job, saved) : [];
  const joined = baseFirst(facts);
  const [base, head] = (joined ?? []).flatMap((index) => saved[index] ?? []);
  if (base && head) {
    const note = `${base.path} was taken as the base, ${head.path} as the head on it.`;
    return result(job, [base, head], null, [note]);
  }
  const last = saved.at(-1);
  const notes =
    saved.length === 2
      ? [`${saved[0]?.path} was taken as the model after phase 1, ${last?.path} as the final one.`]
      : [];
  return result(job, last ? [last] : [], facts.length === 2 ? phasesOf(facts) : null, notes);
}

async function factsOf(job: KindJob, saved: readonly SavedFile[]): Promise<ModelFacts[]> {
  const context = { sandbox: job.sandbox, root: job.root };
  const read = await Promise.all(saved.map(({ model }) => readModel(context, model)));
  return read.flatMap((one) => (one.state === "found" ? [one.value] : []));
}

function result(
  job: KindJob,
  saved: readonly SavedFile[],
  phases: ReturnType<typeof phasesOf> | null,
  notes: string[],
): KindResult {
  return {
    run: notRun(job, notes),
    models:
      saved.length > 0
        ? found(
            saved.map(({ model }) => model),
            "parsed",
          )
        : absent("No saved model was found."),
    phases: phases ? found(phases, "parsed") : absent(NOTHING_SAID),
    preprocessing: null,
    claims: absent("A saved model claims nothing."),
    fault: null,
  };
}

function notRun(job: KindJob, notes: string[]): RunFacts {
  return {
    executed: false,
    ended: "not run",
    wallMs: 0,
    cpuMs: 0,
    peakMemoryMb: 0,
    backend: job.backend,
    isolation: job.sandbox.id,
    output: "",
    outputCut: false,
    notes,
  };
}
