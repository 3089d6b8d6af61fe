import { writeSync } from "node:fs";
import canonicalize from "canonicalize";
import { encodeFrame, type ProblemHeader } from "../engine-frame.js";
import { ModelProblem } from "../model-problem.js";

// The package is CommonJS whose types claim a default export; at run time the module itself is the function.
const canonical = canonicalize as unknown as (value: unknown) => string;

/** The descriptor of the result; see RESULT_DESCRIPTOR of the sandbox. */
const RESULT = 6;

export interface Answer {
  readonly header: unknown;
  readonly body?: Uint8Array;
}

/** Does the work of an engine and writes its answer, or why there is none, as one frame: the same work, the same bytes. */
export async function answer(work: () => Answer | Promise<Answer>): Promise<void> {
  let made: Answer;
  try {
    made = await work();
  } catch (error) {
    made = { header: problemHeader(error) };
  }
  const frame = encodeFrame(canonical(made.header), made.body);
  let offset = 0;
  while (offset < frame.byteLength) offset += writeSync(RESULT, frame, offset);
}

function problemHeader(error: unknown): ProblemHeader {
  if (error instanceof ModelProblem) return { problem: { code: error.code, params: error.params } };
  // The stack helps us to mend it; it names our own files only.
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { problem: { code: "internal", params: { message: message.slice(0, 2000) } } };
}
