import { HARNESS_FAULTS } from "./harness.js";
import { INSTRUCTOR_FAULTS } from "./instructor.js";
import { MODEL_FAULTS } from "./model.js";
import { SUBMISSION_FAULTS } from "./submission.js";

/** Every fault Frostline can name. Codes are permanent; `{name}` in the words is filled from the fault's params. */
export const CATALOGUE = {
  ...SUBMISSION_FAULTS,
  ...MODEL_FAULTS,
  ...INSTRUCTOR_FAULTS,
  ...HARNESS_FAULTS,
} as const;

export type FaultCode = keyof typeof CATALOGUE;
