import { FrostlineFault, nearest } from "../contract/index.js";

/** Which of the submissions found are to be graded, by patterns of their names: `*` is any letters, `?` is one. */
export interface Choice {
  /** Only these; without any, all. */
  only?: readonly string[];
  /** Not these, even where `only` names them. */
  skip?: readonly string[];
}

/**
 * The submissions to grade, in their order.
 * @throws FrostlineFault (blame: instructor) `name-unmatched` for a pattern that fits no submission, `none-chosen`
 *   when nothing is left
 */
export function chooseSubmissions<T extends { name: string }>(
  submissions: readonly T[],
  { only = [], skip = [] }: Choice,
): T[] {
  const names = submissions.map(({ name }) => name);
  const wanted = only.map((pattern) => fitting(pattern, "--only", names));
  const unwanted = skip.map((pattern) => fitting(pattern, "--skip", names));
  const chosen = submissions.filter(
    ({ name }) =>
      (wanted.length === 0 || wanted.some((fits) => fits(name))) && !unwanted.some((fits) => fits(name)),
  );
  if (chosen.length === 0) throw new FrostlineFault("none-chosen", { total: names.length });
  return chosen;
}

function fitting(pattern: string, option: string, names: readonly string[]): (name: string) => boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  const expression = new RegExp(`^${source}$`, "su");
  if (names.some((name) => expression.test(name))) return (name) => expression.test(name);
  const like = nearest(pattern, names);
  throw new FrostlineFault("name-unmatched", {
    option,
    pattern,
    total: names.length,
    hint:
      like === null
        ? "Check the spelling; a pattern needs `*` where more letters may stand."
        : `Did you mean \`${like}\`?`,
  });
}
