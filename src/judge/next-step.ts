import type { Grade, GradedItem } from "../contract/index.js";

/** The one most useful sentence about a grade: what to do about the item that lost most. */
export function nextStep(grade: Grade): string {
  const worst = [...grade.items].sort((a, b) => lost(b) - lost(a))[0];
  if (worst && lost(worst) > 0 && worst.verdict.outcome === "scored") {
    return worst.verdict.advice ?? `${worst.title}: ${worst.verdict.expected}`;
  }
  const waiting = grade.items.find((item) => item.pending > 0);
  if (waiting?.verdict.outcome === "ungraded") {
    return `${waiting.title} is not decided yet: ${waiting.verdict.why}`;
  }
  return "Every point is earned: nothing to change.";
}

function lost(item: GradedItem): number {
  return item.verdict.outcome === "scored" ? item.points - item.earned : 0;
}
