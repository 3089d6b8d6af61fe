import { type Static, Type } from "@sinclair/typebox";
import { CATALOGUE, type FaultCode } from "./faults/index.js";

export type { FaultCode } from "./faults/index.js";

/** Who must act. Only a fault of the submission can cost points. */
export const Blame = Type.Union([
  Type.Literal("submission"),
  Type.Literal("instructor"),
  Type.Literal("harness"),
]);
export type Blame = Static<typeof Blame>;

const Param = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

/** What went wrong, as a code and its values; the words live in the catalogue. */
export const Fault = Type.Object({
  code: Type.Unsafe<FaultCode>(Type.String({ enum: Object.keys(CATALOGUE) })),
  blame: Blame,
  params: Type.Record(Type.String(), Param),
});
export type Fault = Static<typeof Fault>;

export type FaultParams = Record<string, string | number | boolean | null>;

/** Makes a fault; who must act comes from the catalogue. */
export function fault(code: FaultCode, params: FaultParams = {}): Fault {
  return { code, blame: CATALOGUE[code].blame, params };
}

/** The error that carries a fault through code that throws. `cause` keeps the original error. */
export class FrostlineFault extends Error {
  readonly fault: Fault;
  constructor(code: FaultCode, params: FaultParams = {}, cause?: unknown) {
    const made = fault(code, params);
    super(describeFault(made).what, cause === undefined ? undefined : { cause });
    this.name = "FrostlineFault";
    this.fault = made;
  }
}

export interface FaultWords {
  what: string;
  expected: string;
  next: string;
}

/** A fault in words: what was found, what was expected, what to do next. */
export function describeFault(made: Fault): FaultWords {
  const entry = CATALOGUE[made.code];
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(made.params[name] ?? "unknown"));
  return { what: fill(entry.what), expected: fill(entry.expected), next: fill(entry.next) };
}
