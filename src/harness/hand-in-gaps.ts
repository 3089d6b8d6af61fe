import type { Run } from "../contract/index.js";
import { formatNoun } from "../reporters/format-figures.js";

/** A sentence about submissions whose lateness or attempts the rubric counts and nobody said; null where there are none. */
export function handInGaps({ rubric, given, submissions }: Run): string | null {
  // Where one of several attempts counts, their names say how many there were.
  const asksAttempts = rubric.attempts !== undefined && rubric.attempts.counts === undefined;
  const byName = new Map((given?.handIns ?? []).map((one) => [one.submission, one]));
  const gaps = submissions
    .map(({ name }) => ({ name, handIn: byName.get(name) }))
    .filter(({ handIn }) => (rubric.late && !handIn?.time) || (asksAttempts && !handIn?.attempts));
  if (gaps.length === 0) return null;
  const what = [...(rubric.late ? ["the time"] : []), ...(asksAttempts ? ["the attempts"] : [])];
  const names = gaps.slice(0, 5).map(({ name }) => name);
  if (gaps.length > 5) names.push(`and ${gaps.length - 5} more`);
  return `The rubric counts ${what.join(" and ")}, which ${gaps.length === 1 ? "is" : "are"} not known of ${formatNoun(gaps.length, "submission")} (${names.join(", ")}): nothing is taken off there. Give them with --times FILE.`;
}
