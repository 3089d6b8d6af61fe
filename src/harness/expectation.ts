import { type Static, Type } from "@sinclair/typebox";
import type { Evidence, Grade } from "../contract/index.js";

/** A number, or a range: `>=0.5`, `<=3`, `0.6..0.9`. */
const Expected = Type.Union([
  Type.Number(),
  Type.String({ pattern: "^(?:>=|<=)\\d+(?:\\.\\d+)?$|^\\d+(?:\\.\\d+)?\\.\\.\\d+(?:\\.\\d+)?$" }),
]);

/** What an example must get: a subset, with ranges where training makes a figure move. */
export const Expectation = Type.Object(
  {
    /** Points earned. */
    mark: Type.Optional(Expected),
    /** Points pending. */
    pending: Type.Optional(Expected),
    /** Accuracy on unseen images, 0..1. */
    accuracy: Type.Optional(Expected),
    /** Score of an item, 0..1, by its id. */
    items: Type.Optional(Type.Record(Type.String(), Expected)),
    /** Code of the fault that stopped it. */
    fault: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type Expectation = Static<typeof Expectation>;

/** `submissions/expected/<name>.json`: what a submission must get, by rubric. */
export const Expectations = Type.Record(Type.String(), Expectation);

/** Each way in which a grade is not what was expected, in a sentence; none when it is. */
export function unmet(expected: Expectation, grade: Grade, evidence: Evidence): string[] {
  const { heldOut, structure } = evidence.items;
  const accuracy = heldOut.state === "found" ? heldOut.value.correct / heldOut.value.n : null;
  const fault = structure.state === "failed" ? structure.fault.code : null;
  const scores = new Map(
    grade.items.map((item) => [item.id, item.points === 0 ? 0 : item.earned / item.points]),
  );
  return [
    ...compare("mark", expected.mark, grade.earned),
    ...compare("pending points", expected.pending, grade.pending),
    ...compare("accuracy", expected.accuracy, accuracy),
    ...Object.entries(expected.items ?? {}).flatMap(([id, value]) =>
      compare(id, value, scores.get(id) ?? null),
    ),
    ...(expected.fault === undefined || expected.fault === fault
      ? []
      : [`fault: expected ${expected.fault}, got ${fault}`]),
  ];
}

function compare(what: string, expected: number | string | undefined, got: number | null): string[] {
  if (expected === undefined || (got !== null && within(expected, got))) return [];
  return [`${what}: expected ${expected}, got ${got}`];
}

function within(expected: number | string, got: number): boolean {
  if (typeof expected === "number") return Math.abs(got - expected) < 1e-9;
  if (expected.startsWith(">=")) return got >= Number(expected.slice(2));
  if (expected.startsWith("<=")) return got <= Number(expected.slice(2));
  const [low = "", high = ""] = expected.split("..");
  return got >= Number(low) && got <= Number(high);
}
