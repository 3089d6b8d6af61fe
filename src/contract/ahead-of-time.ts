import type { TSchema } from "@sinclair/typebox";
import { Checkpoint } from "./checkpoint.js";
import { Dataset } from "./dataset.js";
import { Evidence } from "./evidence.js";
import { Grade, Grades } from "./grade.js";
import { ModelFacts } from "./model-facts.js";
import { Rubric } from "./rubric.js";
import { Run } from "./run.js";

/** Schemas whose validators the build compiles, by name. */
export const AHEAD_OF_TIME: Readonly<Record<string, TSchema>> = {
  Checkpoint,
  Dataset,
  Evidence,
  Grade,
  Grades,
  ModelFacts,
  Rubric,
  Run,
};
