import type { Report } from "../../contract/index.js";
import { markWords } from "../report-words.js";

export interface MarkBar {
  label: string;
  /** Widths and places in percent of the bar. */
  earned: number;
  pendingX: number;
  pending: number;
  lostX: number;
  lost: number;
}

/** A mark as one bar: earned, pending, lost. */
export function markBar(mark: Report["mark"]): MarkBar {
  const share = (points: number): number =>
    mark.possible > 0 ? Math.round((1000 * points) / mark.possible) / 10 : 0;
  const earned = Math.min(100, share(mark.earned));
  const pending = Math.min(100 - earned, share(mark.pending));
  const lostX = Math.round((earned + pending) * 10) / 10;
  const lost = mark.possible > 0 ? Math.max(0, Math.round((100 - lostX) * 10) / 10) : 100;
  return { label: markWords(mark).rest, earned, pendingX: earned, pending, lostX, lost };
}
