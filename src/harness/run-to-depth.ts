import { absent, type RunFacts } from "../contract/index.js";
import type { Kind, KindJob, KindResult } from "../kinds/kind.js";

/**
 * Runs a submission as far as its assignment says. A saved model is read at every depth; a program is executed at
 * depth `structure` and `train` only.
 * @param kinds all kinds, of which one may read a saved model that lies beside a program
 */
export async function runToDepth(kind: Kind, kinds: readonly Kind[], job: KindJob): Promise<KindResult> {
  const { depth } = job.assignment.run;
  if (kind.takes === "model") return kind.run(job);
  if (depth === "audit") return audit(kind, kinds, job);
  const result = await kind.run(job);
  return depth === "structure" ? withNotes(result, [STRUCTURE]) : result;
}

const STRUCTURE =
  "Depth `structure`: each fit tried one row in place of training. No weight moved, so what training gives was not measured.";

/** What the source says, and what a saved model beside the program holds; nothing is executed. */
async function audit(kind: Kind, kinds: readonly Kind[], job: KindJob): Promise<KindResult> {
  const source = kind.readSource?.(job.snapshot, job.entry) ?? [];
  const head = `Depth \`audit\`: nothing of ${job.entry} was executed.`;
  for (const reader of kinds.filter(({ takes }) => takes === "model")) {
    const said = reader.recognise(job.snapshot);
    if (said.state !== "recognised") continue;
    const result = await reader.run({ ...job, entry: said.entry });
    const read = `${head} ${said.entry}, handed in beside it, was read; nothing shows that this program made it.`;
    return withNotes(result, [read, ...source]);
  }
  const why = `${head} No single saved model was handed in beside it, so nothing is known of its network.`;
  return notRun(job, why, [why, ...source]);
}

function withNotes(result: KindResult, notes: readonly string[]): KindResult {
  return { ...result, run: { ...result.run, notes: [...notes, ...result.run.notes] } };
}

/** Nothing is known, and nobody is to blame: its points stay pending. */
function notRun({ sandbox }: KindJob, why: string, notes: readonly string[]): KindResult {
  const none = absent(why);
  const run: RunFacts = {
    executed: false,
    ended: "not run",
    wallMs: 0,
    cpuMs: 0,
    peakMemoryMb: 0,
    backend: "none",
    isolation: sandbox.id,
    output: "",
    outputCut: false,
    notes: [...notes],
  };
  return { run, models: none, phases: none, preprocessing: null, claims: none, fault: null };
}
