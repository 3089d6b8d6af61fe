import { GRADERS } from "../../graders/index.js";
import { absent, type Evidence, type Phase, parse, type Rubric, RunSettings } from "../contract/index.js";
import { judgeOne } from "./judge-run.js";
import type { RubricWarning } from "./rubric-check.js";

/**
 * Warns of what cannot be decided as far as the rubric lets programs run.
 * @param right evidence of a right solution, trained without a limit; null where there is none to try it on
 */
export function depthWarnings(rubric: Rubric, right: Evidence | null): RubricWarning[] {
  const run = parse(RunSettings, { ...rubric.run }, "run", { defaults: true });
  const items = right ? newlyPending(rubric, right, limited(right, run)) : [];
  return [
    ...(run.depth === "audit" ? [AUDIT] : []),
    ...items.map(({ id, why }) => itemWarning(run, id, why)),
  ];
}

/** Items that are decided by the first evidence and pending by the second. */
export function newlyPending(
  rubric: Rubric,
  before: Evidence,
  after: Evidence,
): { id: string; why: string }[] {
  const known = judgeOne(before, { rubric }, GRADERS);
  return judgeOne(after, { rubric }, GRADERS).items.flatMap(({ id, pending, verdict }, place) =>
    pending > 0 && known.items[place]?.pending === 0 && verdict.outcome === "ungraded"
      ? [{ id, why: verdict.why }]
      : [],
  );
}

/** What would be known of the same solution at this depth and within this budget. */
function limited(evidence: Evidence, run: RunSettings): Evidence {
  const { phases, optimizer } = evidence.items;
  if (run.depth === "audit") {
    const none = absent("Nothing of the program is executed.");
    return withItems(evidence, { phases: none, claims: none });
  }
  if (phases.state !== "found") return evidence;
  const { fits } = phases.value;
  if (run.depth === "train") {
    return withItems(evidence, {
      phases: { ...phases, value: { ...phases.value, fits: fits.map((fit) => withinBudget(fit, run)) } },
    });
  }
  const none = absent("Nothing is trained.");
  const tried = fits.map((fit) => ({ ...fit, epochs: { ...fit.epochs, run: 0 }, changed: null }));
  return withItems(evidence, {
    phases: { ...phases, value: { ...phases.value, fits: tried, onlyTried: true } },
    optimizer:
      optimizer.state === "found"
        ? { ...optimizer, value: { ...optimizer.value, trained: null } }
        : optimizer,
    heldOut: none,
    training: none,
    shifted: none,
    baselines: none,
  });
}

const withItems = (evidence: Evidence, items: Partial<Evidence["items"]>): Evidence => ({
  ...evidence,
  items: { ...evidence.items, ...items },
});

function withinBudget(fit: Phase, { epochs }: RunSettings): Phase {
  if (epochs === undefined || fit.epochs.run <= epochs) return fit;
  return { ...fit, epochs: { ...fit.epochs, run: epochs }, cutShort: "epochs" };
}

/** Without a saved model beside it, an audit knows nothing of a program's network. */
const AUDIT: RubricWarning = {
  item: null,
  what: "At depth `audit` a program without a saved model beside it leaves every item pending.",
  next: "Ask for the saved model together with the program, or choose another `run.depth`.",
};

function itemWarning({ depth, epochs }: RunSettings, item: string, why: string): RubricWarning {
  const limit = depth === "train" ? `With at most ${epochs} epochs a fit` : `At depth \`${depth}\``;
  return {
    item,
    what: `${limit}, the item stays pending even for a right solution: ${why}`,
    next:
      depth === "train"
        ? "Raise `run.epochs`, or leave the item out."
        : "Choose `run.depth` `train`, or leave the item out.",
  };
}
