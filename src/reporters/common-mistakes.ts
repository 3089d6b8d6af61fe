import {
  type ClassReport,
  type ClassRow,
  describeFault,
  type Fault,
  type GradedItem,
} from "../contract/index.js";
import { causeOf } from "./fault-words.js";
import { itemState } from "./item-state.js";

export interface Mistake {
  title: string;
  /** The item's id; null for a program or model that failed as a whole. */
  item: string | null;
  advice: string;
  rows: { row: ClassRow; found: string }[];
  pointsLost: number;
}

/** What several students lost points for, the costliest first. A failed program is one mistake, not one an item. */
export function commonMistakes({ rows }: ClassReport): Mistake[] {
  const mistakes = new Map<string, Mistake>();
  for (const row of rows) {
    for (const [key, loss] of lossesOf(row)) {
      const known = mistakes.get(key);
      if (!known) mistakes.set(key, loss);
      else {
        known.rows.push(...loss.rows);
        known.pointsLost += loss.pointsLost;
      }
    }
  }
  return [...mistakes.values()]
    .filter((mistake) => mistake.rows.length > 1)
    .sort((a, b) => b.pointsLost - a.pointsLost || b.rows.length - a.rows.length);
}

/** One student's losses by their reason: the code of a fault, which is the same for everyone it stops, or the item. */
function lossesOf(row: ClassRow): Map<string, Mistake> {
  const losses = new Map<string, Mistake>();
  for (const item of row.report.items) {
    const { verdict } = item;
    const state = itemState(item);
    if (verdict.outcome !== "scored" || (state !== "lost" && state !== "partial")) continue;
    const cause = causeOf(item, row.report.faults);
    const key = cause ? `fault ${cause.code}` : `item ${item.id}`;
    const lost = item.points - item.earned;
    const known = losses.get(key);
    if (known) known.pointsLost += lost;
    else
      losses.set(key, {
        ...(cause ? faultLoss(cause) : itemLoss(item, verdict.advice)),
        rows: [{ row, found: verdict.found }],
        pointsLost: lost,
      });
  }
  return losses;
}

function faultLoss(fault: Fault): Pick<Mistake, "title" | "item" | "advice"> {
  return {
    title: FAULT_TITLES[fault.code] ?? "The submission could not be graded in full",
    item: null,
    advice: describeFault(fault).next,
  };
}

function itemLoss(item: GradedItem, advice: string | undefined): Pick<Mistake, "title" | "item" | "advice"> {
  return { title: item.title, item: item.id, advice: advice ?? "" };
}

const FAULT_TITLES: Partial<Record<Fault["code"], string>> = {
  "program-error": "The program stopped with an error",
  "program-syntax": "The program has a syntax error",
  "program-import": "The program asks for a module that is not there",
  "program-crashed": "The program crashed",
  "time-limit": "The program ran out of time",
  "memory-limit": "The program ran out of memory",
  "output-limit": "The program printed too much",
  "prediction-shape": "The network answers with the wrong number of values",
  "prediction-not-finite": "The network answers with values that are not numbers",
  "no-model": "No trained network was handed in",
  "entry-missing": "No program or saved model was found",
};
