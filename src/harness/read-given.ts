import { Type } from "@sinclair/typebox";
import {
  FrostlineFault,
  type Given,
  type GivenPoints,
  type HandIn,
  Instant,
  nearest,
  type Run,
} from "../contract/index.js";
import type { CompiledItem } from "../judge/index.js";
import { readTable } from "./read-table.js";

/** Files with what people know of the submissions. */
export interface GivenFiles {
  /** Times and numbers of attempts. */
  times?: string;
  /** Points that a person gave. */
  manual?: string;
}

const TimesRow = Type.Object(
  {
    submission: Type.String(),
    time: Type.Optional(Instant("A time with its zone: 2026-11-21T09:30:00+01:00.")),
    attempts: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);

const ManualRow = Type.Object(
  {
    submission: Type.String(),
    item: Type.String(),
    points: Type.Number({ minimum: 0 }),
    comment: Type.Optional(Type.String({ maxLength: 4000 })),
  },
  { additionalProperties: false },
);

/**
 * What people gave, from files. A file that is given replaces all that an earlier one said; where none is, what was
 * known before stays.
 * @throws FrostlineFault `given-invalid` for a submission or item that is not there, for points above those of the
 * item, and for a second line of the same; and as `readTable` does
 */
export async function readGiven(
  { times, manual }: GivenFiles,
  submissions: Run["submissions"],
  items: readonly CompiledItem[],
  before: Given | undefined,
): Promise<Given | undefined> {
  const handIns = times === undefined ? before?.handIns : await readTimes(times, submissions);
  const points = manual === undefined ? before?.points : await readPoints(manual, submissions, items);
  if ((handIns ?? []).length === 0 && (points ?? []).length === 0) return undefined;
  return { handIns: handIns ?? [], points: points ?? [] };
}

async function readTimes(file: string, submissions: Run["submissions"]): Promise<HandIn[]> {
  const rows = await readTable(file, TimesRow);
  const handIns = rows.map(({ submission, time, attempts }) => ({
    submission: known(file, "submission", submission, namesOf(submissions)),
    time: time ?? null,
    attempts: attempts ?? null,
  }));
  const odd = handIns.find(({ time }) => time !== null && Number.isNaN(Date.parse(time)));
  if (odd) throw wrong(file, `the time ${odd.time}`, "A date and time that the calendar has", "Correct it.");
  refuseTwice(
    file,
    handIns.map(({ submission }) => submission),
  );
  return handIns;
}

async function readPoints(
  file: string,
  submissions: Run["submissions"],
  items: readonly CompiledItem[],
): Promise<GivenPoints[]> {
  const ids = new Map(items.map(({ id }) => [id, id]));
  const given = (await readTable(file, ManualRow)).map((row) => {
    const submission = known(file, "submission", row.submission, namesOf(submissions));
    const item = known(file, "item", row.item, ids);
    const of = items.find(({ id }) => id === item)?.rubricPoints ?? 0;
    if (row.points > of) {
      const found = `${row.points} points for \`${item}\` of \`${submission}\``;
      throw wrong(file, found, `At most ${of}, which is what the item is worth`, "Lower the points.");
    }
    return { submission, item, points: row.points, of, comment: row.comment ?? "" };
  });
  refuseTwice(
    file,
    given.map(({ submission, item }) => `${item} of ${submission}`),
  );
  return given;
}

/** A submission may be called by its name or by that of its files. */
const namesOf = (submissions: Run["submissions"]): Map<string, string> =>
  new Map(submissions.flatMap(({ id, name }) => [[id, name] as const, [name, name] as const]));

function known(file: string, what: string, name: string, names: ReadonlyMap<string, string>): string {
  const full = names.get(name);
  if (full !== undefined) return full;
  const all = [...new Set(names.values())];
  const near = nearest(name, all);
  const some =
    all.length > 10 ? `${all.slice(0, 10).join(", ")} and ${all.length - 10} more` : all.join(", ");
  throw wrong(
    file,
    `the ${what} \`${name}\`, which is not there`,
    `One of ${some}`,
    near ? `Did you mean \`${near}\`?` : "Correct the name, or leave the line out.",
  );
}

function refuseTwice(file: string, keys: readonly string[]): void {
  const second = keys.find((key, index) => keys.indexOf(key) !== index);
  if (second !== undefined)
    throw wrong(file, `a second line for ${second}`, "One line each", "Keep one of them.");
}

const wrong = (file: string, found: string, expected: string, hint: string): FrostlineFault =>
  new FrostlineFault("given-invalid", { file, found, expected, hint });
