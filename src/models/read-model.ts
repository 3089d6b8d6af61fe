import {
  type Artifact,
  FrostlineFault,
  failed,
  fault,
  found,
  ModelFacts,
  parse,
  type SavedModel,
} from "../contract/index.js";
import { jailLimits } from "../sandbox/index.js";
import { type JailContext, runEngine } from "./run-engine.js";
import { stageModels } from "./staged-models.js";

const MEBIBYTE = 1024 * 1024;

/**
 * Reads a saved model's bytes into facts, in a parse jail that holds nothing else. Nothing in the model is executed.
 * Never throws for what the model holds.
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export async function readModel(context: JailContext, saved: SavedModel): Promise<Artifact<ModelFacts>> {
  const { staged, files } = stageModels([saved]);
  const megabytes = files.reduce((total, { bytes }) => total + bytes.byteLength, 0) / MEBIBYTE;
  // Three times the file is what reading it may need; the rest is Node itself and the figures about it.
  const memoryMb = Math.ceil(512 + 3 * megabytes);
  const answer = await runEngine(context, {
    engine: "read-model",
    job: { model: staged[0] },
    files,
    limits: jailLimits({
      wallMs: 120_000,
      cpuSeconds: 30,
      memoryMb,
      dataMb: 1024 + memoryMb,
      resultBytes: 64 * MEBIBYTE,
    }),
    backends: false,
    overLimit: (why) => fault("model-unreadable", { file: saved.main, why }),
  });
  if ("code" in answer) return failed(answer);
  try {
    const { facts } = answer.header as { facts?: unknown };
    return found(parse(ModelFacts, facts, "the answer of read-model"), "parsed");
  } catch (error) {
    if (!(error instanceof FrostlineFault)) throw error;
    return failed(fault("internal", { message: error.message }));
  }
}
