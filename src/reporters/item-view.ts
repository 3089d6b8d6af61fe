import type { GradedItem, Report } from "../contract/index.js";
import { describeFault } from "../contract/index.js";
import { formatPoints } from "./format-figures.js";
import { type ItemState, itemState, orderItems, STATE_WORDS } from "./item-state.js";
import { ORIGIN_WORDS, PROOF_WORDS, whoMustAct } from "./report-words.js";

export interface ItemView {
  anchor: string;
  title: string;
  state: ItemState;
  word: string;
  points: string;
  why: string;
  found: string;
  /** Empty where the verdict has nothing to compare with. */
  expected: string;
  advice: string;
  proof: string;
  details: { label: string; value: string; origin: string; originWords: string }[];
  detailsLeftOut: number;
  /** Earned and inapplicable items start folded. */
  folded: boolean;
}

const DETAIL_LIMIT = 40;

/** The items in reading order, each with everything a page says about it. */
export function itemViews(report: Report): ItemView[] {
  return orderItems(report.items).map((item) => itemView(item, report.audience));
}

function itemView(item: GradedItem, audience: Report["audience"]): ItemView {
  const state = itemState(item);
  return {
    anchor: `item-${item.id}`,
    title: item.title,
    state,
    word: STATE_WORDS[state].word,
    points: pointsWords(item, state),
    why: item.why,
    folded: state === "earned" || state === "none",
    ...verdictWords(item.verdict, audience),
  };
}

function pointsWords(item: GradedItem, state: ItemState): string {
  if (state === "none") return "not counted";
  if (state === "pending") return `${formatPoints(item.pending)} pending`;
  return `${formatPoints(item.earned)} of ${formatPoints(item.points)}`;
}

type VerdictWords = Pick<ItemView, "found" | "expected" | "advice" | "proof" | "details" | "detailsLeftOut">;

function verdictWords(verdict: GradedItem["verdict"], audience: Report["audience"]): VerdictWords {
  const none = { expected: "", advice: "", proof: "", details: [], detailsLeftOut: 0 };
  if (verdict.outcome === "not-applicable") return { ...none, found: verdict.why };
  if (verdict.outcome === "ungraded") {
    const words = verdict.fault && describeFault(verdict.fault);
    return {
      ...none,
      found: words ? `${verdict.why} ${words.what}` : verdict.why,
      advice: verdict.fault && words ? `${whoMustAct(verdict.fault.blame, audience)}. ${words.next}` : "",
    };
  }
  return {
    found: verdict.found,
    expected: verdict.expected,
    advice: verdict.advice ?? "",
    proof: PROOF_WORDS[verdict.proof],
    details: verdict.details
      .slice(0, DETAIL_LIMIT)
      .map((detail) => ({ ...detail, originWords: ORIGIN_WORDS[detail.origin] })),
    detailsLeftOut: Math.max(0, verdict.details.length - DETAIL_LIMIT),
  };
}
