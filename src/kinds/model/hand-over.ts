import { absent, found, type RunFacts } from "../../contract/index.js";
import { readModel } from "../../models/index.js";
import type { KindJob, KindResult } from "../kind.js";
import { phasesOf } from "./phases-of.js";
import { savedModels } from "./saved-models.js";

const NOTHING_SAID = "A saved model says nothing of how it was trained before its last optimizer was made.";

/** Hands the saved model over as it is. With two models, what changed between them is the second phase, by bytes. */
export async function handOver(job: KindJob): Promise<KindResult> {
  const saved = savedModels(job.snapshot);
  const last = saved.at(-1);
  const context = { sandbox: job.sandbox, root: job.root };
  const read =
    saved.length === 2 ? await Promise.all(saved.map(({ model }) => readModel(context, model))) : [];
  const facts = read.flatMap((one) => (one.state === "found" ? [one.value] : []));
  const phases = facts.length === 2 ? phasesOf(facts) : null;
  return {
    run: notRun(
      job,
      saved.map(({ path }) => path),
    ),
    models: last ? found([last.model], "parsed") : absent("No saved model was found."),
    phases: phases ? found(phases, "parsed") : absent(NOTHING_SAID),
    preprocessing: null,
    claims: absent("A saved model claims nothing."),
    fault: null,
  };
}

function notRun(job: KindJob, paths: readonly string[]): RunFacts {
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
    notes:
      paths.length === 2
        ? [`${paths[0]} was taken as the model after phase 1, ${paths[1]} as the final one.`]
        : [],
  };
}
