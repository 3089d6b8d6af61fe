import type { FaultCode, FaultParams } from "../contract/index.js";

/** The faults a saved model can be blamed for while it is read or used. */
export type ModelProblemCode = Extract<
  FaultCode,
  | "model-unreadable"
  | "model-too-large"
  | "model-format"
  | "model-layer"
  | "model-input"
  | "prediction-failed"
>;

/** Thrown inside a jail, where the catalogue's words are not needed; the parent makes the fault of it. */
export class ModelProblem extends Error {
  readonly code: ModelProblemCode;
  readonly params: FaultParams;
  constructor(code: ModelProblemCode, params: FaultParams, cause?: unknown) {
    super(`${code} ${JSON.stringify(params)}`, cause === undefined ? undefined : { cause });
    this.name = "ModelProblem";
    this.code = code;
    this.params = params;
  }
}

/** `file` cannot be read, `why` completes the sentence "... cannot be read: ". */
export const unreadable = (file: string, why: string, cause?: unknown): ModelProblem =>
  new ModelProblem("model-unreadable", { file, why }, cause);
