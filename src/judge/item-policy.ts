import type { Proof, Verdict } from "../contract/index.js";
import type { CompiledItem } from "./compile-rubric.js";

type Scored = Extract<Verdict, { outcome: "scored" }>;

/** What the rubric makes of a verdict: how well it must be proved, and what counts where the item does not apply. */
export function withPolicy(verdict: Verdict, { trust, whenNotApplicable }: CompiledItem): Verdict {
  if (verdict.outcome === "not-applicable") return inapplicable(verdict.why, whenNotApplicable);
  return verdict.outcome === "scored" && trust !== null ? trusted(verdict, trust) : verdict;
}

/** Stronger proof has a higher rank. */
const RANK: Record<Proof, number> = { contradicted: 0, claimed: 1, consistent: 2, proved: 3, judged: 4 };

const WORDS: Record<Proof, string> = {
  contradicted: "contradicted by the files",
  claimed: "only said by the program",
  consistent: "said by the program and consistent with the files",
  proved: "proved",
  judged: "judged by a person",
};

/** Only points that would be earned need proof: what a program admits against itself costs points as it is. */
function trusted(verdict: Scored, trust: Proof): Verdict {
  if (verdict.score === 0 || RANK[verdict.proof] >= RANK[trust]) return verdict;
  if (verdict.proof === "contradicted") {
    return {
      ...verdict,
      score: 0,
      advice: verdict.advice ?? "Hand in the model as your program trained it.",
    };
  }
  return {
    outcome: "ungraded",
    why: `${verdict.found} This is ${WORDS[verdict.proof]}, and here it has to be ${WORDS[trust]}: a person will look.`,
    fault: null,
  };
}

function inapplicable(why: string, counts: CompiledItem["whenNotApplicable"]): Verdict {
  if (counts === "out-of-sum") return { outcome: "not-applicable", why };
  const full = counts === "full";
  return {
    outcome: "scored",
    score: full ? 1 : 0,
    found: `It does not apply: ${why}`,
    expected: full
      ? "Nothing more: where the item does not apply, its points are earned"
      : "Work that the item applies to: where it does not apply, its points are lost",
    ...(full ? {} : { advice: "Hand in work that this item can be judged by." }),
    proof: "proved",
    details: [],
  };
}
