import type { ClassReport, ClassRow, Fault, GradedItem } from "../contract/index.js";
import { causeOf } from "./fault-words.js";
import { itemState, lostPoints } from "./item-state.js";

export interface Mistake {
  title: string;
  /** The item's id; null for a program or model that failed as a whole. */
  item: string | null;
  students: MistakenStudent[];
  pointsLost: number;
}

export interface MistakenStudent {
  row: ClassRow;
  found: string;
  /** Empty where the verdict gave none. */
  advice: string;
}

/** What several students lost points for, the costliest first. A failed program is one mistake, not one an item. */
export function commonMistakes({ rows }: ClassReport): Mistake[] {
  const mistakes = new Map<string, Mistake>();
  for (const row of rows) {
    for (const [key, loss] of lossesOf(row)) {
      const known = mistakes.get(key);
      if (!known) mistakes.set(key, loss);
      else {
        known.students.push(...loss.students);
        known.pointsLost += loss.pointsLost;
      }
    }
  }
  return [...mistakes.values()]
    .filter((mistake) => mistake.students.length > 1)
    .sort((a, b) => b.pointsLost - a.pointsLost || b.students.length - a.students.length);
}

/** One student's losses by their reason: the code of a fault, which is the same for everyone it stops, or the item. */
function lossesOf(row: ClassRow): Map<string, Mistake> {
  const losses = new Map<string, Mistake>();
  for (const item of row.report.items) {
    const { verdict } = item;
    const state = itemState(item);
    if (verdict.outcome !== "scored" || (state !== "lost" && state !== "partial") || item.waitsFor) continue;
    const cause = causeOf(item, row.report.faults);
    const key = cause ? `fault ${cause.code}` : `item ${item.id}`;
    const student = { row, found: verdict.found, advice: verdict.advice ?? "" };
    const loss = losses.get(key) ?? { ...titleOf(item, cause), students: [student], pointsLost: 0 };
    losses.set(key, loss);
    loss.pointsLost += lostPoints(item);
  }
  return losses;
}

function titleOf(item: GradedItem, cause: Fault | null): Pick<Mistake, "title" | "item"> {
  if (!cause) return { title: item.title, item: item.id };
  return { title: FAULT_TITLES[cause.code] ?? "The submission could not be graded in full", item: null };
}

const FAULT_TITLES: Partial<Record<Fault["code"], string>> = {
  "program-error": "The program stopped with an error",
  "program-syntax": "The program has a syntax error",
  "program-import": "The program asks for a module that is not there",
  "program-file": "The program needs a file that is not there",
  "program-shape": "The program gives a shape that does not fit",
  "notebook-unreadable": "The notebook cannot be read",
  "program-crashed": "The program crashed",
  "time-limit": "The program ran out of time",
  "memory-limit": "The program ran out of memory",
  "output-limit": "The program printed too much",
  "prediction-shape": "The network answers with the wrong number of values",
  "prediction-not-finite": "The network answers with values that are not numbers",
  "no-model": "No trained network was handed in",
  "several-models": "Nothing says which of several networks is handed in",
  "entry-missing": "No program or saved model was found",
};
