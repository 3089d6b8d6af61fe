import { readFileSync } from "node:fs";
import path from "node:path";
import { modelFacts } from "../model-facts.js";
import { parseSavedModel } from "../parse-saved-model.js";
import { type StagedModel, unstageModel } from "../staged-models.js";
import { answer } from "./answer.js";

// Runs in the parse jail: argv[2] is the folder of the job.
await answer(() => {
  const folder = process.argv[2] ?? "";
  const read = (name: string): Uint8Array => readFileSync(path.join(folder, name));
  const job = JSON.parse(readFileSync(path.join(folder, "job.json"), "utf8")) as { model: StagedModel };
  return { header: { facts: modelFacts(parseSavedModel(unstageModel(job.model, read))) } };
});
