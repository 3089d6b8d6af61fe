import type { GradedItem, Report } from "../contract/index.js";
import { causeOf, tellFault } from "./fault-words.js";
import { formatPoints } from "./format-figures.js";
import { type ItemState, itemState, itemWord, orderItems } from "./item-state.js";
import { ORIGIN_WORDS, PROOF_WORDS } from "./report-words.js";
import { formatSigned } from "./sum-lines.js";

export interface ItemView {
  anchor: string;
  title: string;
  state: ItemState;
  word: string;
  points: string;
  /** Title of its group; empty where there are none. */
  group: string;
  why: string;
  found: string;
  /** Empty where the verdict has nothing to compare with. */
  expected: string;
  advice: string;
  /** Of the person who gave the points; empty for none. */
  comment: string;
  proof: string;
  details: { label: string; value: string; origin: string; originWords: string }[];
  detailsLeftOut: number;
  /** Earned and inapplicable items start folded, and those that a fault told above decided. */
  folded: boolean;
  /** Decided by a fault told at the top of the report. */
  caused: boolean;
}

const DETAIL_LIMIT = 40;

/** The items in reading order, each with everything a page says about it. */
export function itemViews(report: Report): ItemView[] {
  return orderItems(report.items).map((item) => itemView(item, report));
}

function itemView(item: GradedItem, { audience, faults, groups }: Report): ItemView {
  const state = itemState(item);
  const words = verdictWords(item.verdict, audience);
  const caused = causeOf(item, faults) !== null;
  return {
    anchor: `item-${item.id}`,
    title: item.title,
    state,
    word: itemWord(item),
    points: pointsWords(item, state),
    group: groups?.find(({ id }) => id === item.group)?.title ?? "",
    why: item.why,
    comment: item.comment ?? "",
    // What a person wrote is there to be read.
    folded: caused || (!item.comment && (state === "earned" || state === "none")),
    caused,
    ...words,
  };
}

function pointsWords(item: GradedItem, state: ItemState): string {
  if (item.verdict.outcome === "not-applicable") return "not counted";
  if (state === "pending") return `${formatPoints(item.pending)} pending`;
  if (item.kind === "penalty") return state === "lost" ? formatSigned(item.earned) : "0";
  if (item.kind === "bonus") return `+${formatPoints(item.earned)} of ${formatPoints(item.points)}`;
  return `${formatPoints(item.earned)} of ${formatPoints(item.points)}`;
}

type VerdictWords = Pick<ItemView, "found" | "expected" | "advice" | "proof" | "details" | "detailsLeftOut">;

function verdictWords(verdict: GradedItem["verdict"], audience: Report["audience"]): VerdictWords {
  const none = { expected: "", advice: "", proof: "", details: [], detailsLeftOut: 0 };
  if (verdict.outcome === "not-applicable") return { ...none, found: verdict.why };
  if (verdict.outcome === "ungraded") {
    if (!verdict.fault) return { ...none, found: verdict.why };
    const { who, what, next } = tellFault(verdict.fault, audience);
    return { ...none, found: what, advice: `${who}. ${next}` };
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
