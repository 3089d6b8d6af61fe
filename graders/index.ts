import type { Grader } from "../src/contract/index.js";
import frozenBase from "./frozen-base/index.js";
import validationAccuracy from "./validation-accuracy/index.js";

/** Every grader a rubric may name. */
export const GRADERS: readonly Grader[] = [frozenBase, validationAccuracy];
