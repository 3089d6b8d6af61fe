import {
  describeFault,
  type Fault,
  type FaultWords,
  type GradedItem,
  type Report,
} from "../contract/index.js";

export interface ToldFault extends FaultWords {
  who: string;
  blame: Fault["blame"];
}

/** A fault as told to its reader: who must act, what was found, what was expected (may be empty), what to do next. */
export function tellFault(fault: Fault, audience: Report["audience"]): ToldFault {
  const { blame } = fault;
  const words = { blame, ...describeFault(fault) };
  if (audience === "staff") return { who: STAFF_WORDS[blame], ...words };
  if (blame === "submission") return { who: "For you to do", ...words };
  if (blame === "instructor") {
    return { ...words, who: "For your teacher to do", next: "Tell your teacher. It costs you no points." };
  }
  // What failed on the grading machine is no business of a student's and may name its folders.
  return {
    blame,
    who: "The grading machine failed",
    what: "Your submission could not be graded yet, through no fault of yours.",
    expected: "",
    next: "Nothing: it will be graded again. It costs you no points.",
  };
}

const STAFF_WORDS: Record<Fault["blame"], string> = {
  submission: "For the student to do",
  instructor: "For you to do: rubric or data",
  harness: "Frostline or its machine failed; no points are lost",
};

/** The fault of the whole submission that decided this item, so that it need be told only once. */
export function causeOf({ verdict }: GradedItem, faults: readonly Fault[]): Fault | null {
  if (verdict.outcome === "not-applicable") return null;
  const what =
    verdict.outcome === "scored" ? verdict.found : verdict.fault && describeFault(verdict.fault).what;
  const decisive = faults.find((fault) => describeFault(fault).what === what);
  if (!decisive || (verdict.outcome === "scored" && decisive.blame !== "submission")) return null;
  return decisive;
}
