import type { AttemptsPolicy, Grade } from "../contract/index.js";

type Mark = Pick<Grade, "earned" | "pending" | "possible">;

/** One hand-in of a student; without a mark where it could not be judged yet. */
export interface Attempt {
  name: string;
  mark: Mark | null;
}

/** Whose hand-in a submission is, and the how-manieth: `ana@2` is the second of `ana`, and `ana` her first. */
export function attemptOf(name: string): { student: string; number: number } {
  const numbered = /^(.+)@([1-9][0-9]{0,3})$/.exec(name);
  return numbered
    ? { student: numbered[1] as string, number: Number(numbered[2]) }
    : { student: name, number: 1 };
}

/** Attempts of each student, from the first to the last, whatever order they come in. */
export function byStudent<T extends Attempt>(attempts: readonly T[]): T[][] {
  const students = new Map<string, T[]>();
  for (const one of attempts) {
    const { student } = attemptOf(one.name);
    students.set(student, [...(students.get(student) ?? []), one]);
  }
  const number = ({ name }: T): number => attemptOf(name).number;
  return [...students.values()].map((own) =>
    own.sort((a, b) => number(a) - number(b) || (a.name < b.name ? -1 : 1)),
  );
}

/**
 * The one of a student's attempts that counts, first to last as `byStudent` gives them. The best is the one that may
 * come out highest, so that no attempt is overlooked while points of it are pending; of equal ones it is the one with
 * less pending, then the first. A last attempt without a mark leaves the student without one, for no earlier attempt
 * may stand in for it.
 */
export function countedAttempt<T extends Attempt>(
  attempts: readonly T[],
  counts: NonNullable<AttemptsPolicy["counts"]>,
): T | null {
  const judged = attempts.filter(({ mark }) => mark !== null);
  if (counts === "last") return judged.at(-1) === attempts.at(-1) ? (judged.at(-1) ?? null) : null;
  const share = ({ mark }: T, points: (mark: Mark) => number): number =>
    mark && mark.possible > 0 ? points(mark) / mark.possible : 0;
  const most = (one: T): number => share(one, ({ earned, pending }) => earned + pending);
  const least = (one: T): number => share(one, ({ earned }) => earned);
  // Sorting keeps the order of equal ones.
  return judged.sort((a, b) => most(b) - most(a) || least(b) - least(a))[0] ?? null;
}
