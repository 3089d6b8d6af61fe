import type { CrossCheck, GradedItem, Origin, Report } from "../contract/index.js";
import { formatPoints } from "./format-figures.js";

type Proof = Extract<GradedItem["verdict"], { outcome: "scored" }>["proof"];

export const PROOF_WORDS: Record<Proof, string> = {
  proved: "Proved: recomputed by Frostline from files or from predictions.",
  consistent: "Consistent: what the program reported agrees with the saved files.",
  claimed: "Claimed: only the program itself says so.",
  contradicted: "Contradicted: the saved files refute what the program reported.",
  judged: "Judged: a person looked and gave the points.",
};

export const ORIGIN_WORDS: Record<Origin, string> = {
  measured: "measured by Frostline",
  parsed: "read from the saved files",
  claimed: "said by the program",
};

export const CHECK_WORDS: Record<CrossCheck["result"], string> = {
  agrees: "agrees",
  contradicts: "contradicts",
  unchecked: "could not be checked",
};

/** What a stamp means for the reader. */
export function stampWords(stamp: string, audience: Report["audience"]): string {
  if (stamp === "UNSANDBOXED") {
    return "The programs ran without a sandbox: they could read and change anything on that machine, this result included.";
  }
  if (stamp === "SELF-CHECK") {
    const whose = audience === "student" ? "your" : "the student's";
    return `Made on ${whose} own machine. It is not a grade.`;
  }
  return "This result does not count as a grade.";
}

/** "17.5 of 20", and what is still open. */
export function markWords({ earned, pending, possible }: Report["mark"]): { mark: string; rest: string } {
  // A bonus may make up for more than was lost.
  const lost = Math.max(0, possible - earned - pending);
  const parts = [`${formatPoints(earned)} earned`];
  if (pending > 0) parts.push(`${formatPoints(pending)} pending`);
  parts.push(`${formatPoints(lost)} lost`);
  return { mark: `${formatPoints(earned)} of ${formatPoints(possible)}`, rest: parts.join(" · ") };
}

const COUNTS = {
  best: "Where several were handed in, the best counts.",
  last: "Where several were handed in, the last counts.",
} as const;

/** Which attempt a page is about, and what the rule is; empty where the rubric knows no attempts beside each other. */
export const attemptWords = ({ attempt }: Pick<Report, "attempt">): string =>
  attempt ? `Attempt ${attempt.number} of ${attempt.student}. ${COUNTS[attempt.counts]}` : "";
