import type { Grade, GradedItem } from "../contract/index.js";

/** An item whose points differ; null where one of the two rubrics does not have it. */
export interface ItemMove {
  id: string;
  before: number | null;
  after: number | null;
  /** It was decided before and is pending now, or the other way round. */
  pending: boolean;
}

export interface Mark {
  earned: number;
  pending: number;
  possible: number;
}

/** One submission before and after; `before` is null when it had no grade. */
export interface Move {
  name: string;
  before: Mark | null;
  after: Mark;
  /** Change of earned points. */
  points: number;
  items: ItemMove[];
}

export interface Moves {
  /** Those with a difference, the largest first. */
  moved: Move[];
  submissions: number;
  up: number;
  down: number;
  /** Those that keep their points of another possible total. */
  rescaled: number;
  /** Mean of the earned points; null when there was nothing before. */
  meanBefore: number | null;
  meanAfter: number;
}

/** Who moved between two sets of grades, by how much, and by which items. Grades are found by submission. */
export function compareGrades(before: readonly Grade[], after: readonly Grade[]): Moves {
  const known = new Map(before.map((grade) => [grade.submission, grade]));
  const moves = after.map((grade) => moveOf(known.get(grade.submission) ?? null, grade));
  const moved = moves
    .filter(hasMoved)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.name < b.name ? -1 : 1));
  return {
    moved,
    submissions: after.length,
    up: moved.filter(({ points }) => points > 0).length,
    down: moved.filter(({ points }) => points < 0).length,
    rescaled: moves.filter((move) => !hasMoved(move) && move.before?.possible !== move.after.possible).length,
    meanBefore: before.length > 0 ? mean(before) : null,
    meanAfter: mean(after),
  };
}

function moveOf(before: Grade | null, after: Grade): Move {
  const old = new Map((before ? linesOf(before) : []).map((line) => [line.id, line]));
  const fresh = new Map(linesOf(after).map((line) => [line.id, line]));
  const ids = [...new Set([...fresh.keys(), ...old.keys()])];
  return {
    name: after.submission,
    before: before && mark(before),
    after: mark(after),
    points: rounded(after.earned - (before?.earned ?? 0)),
    items: before ? ids.flatMap((id) => itemMove(id, old.get(id), fresh.get(id))) : [],
  };
}

type Line = Pick<GradedItem, "id" | "earned" | "pending">;

/** The items, and what lateness and attempts take off; bonus and penalty are items already. */
const linesOf = ({ items, adjustments = [] }: Grade): Line[] => [
  ...items,
  ...adjustments
    .filter(({ kind }) => kind === "late" || kind === "attempts")
    .map(({ kind, points }) => ({ id: kind, earned: points, pending: 0 })),
];

function itemMove(id: string, old: Line | undefined, fresh: Line | undefined): ItemMove[] {
  const pending = Boolean(old && fresh) && (old?.pending === 0) !== (fresh?.pending === 0);
  if (old && fresh && old.earned === fresh.earned && !pending) return [];
  return [{ id, before: old?.earned ?? null, after: fresh?.earned ?? null, pending }];
}

const hasMoved = ({ before, after, items }: Move): boolean =>
  before === null ||
  before.earned !== after.earned ||
  before.pending !== after.pending ||
  items.some((item) => item.before !== item.after || item.pending);

const mark = ({ earned, pending, possible }: Grade): Mark => ({ earned, pending, possible });

const mean = (grades: readonly Grade[]): number =>
  grades.length === 0 ? 0 : grades.reduce((sum, { earned }) => sum + earned, 0) / grades.length;

/** Points have at most four decimals; a difference of two must not show float dust. */
const rounded = (points: number): number => Math.round(points * 10_000) / 10_000;
