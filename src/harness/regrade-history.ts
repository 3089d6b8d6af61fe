import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  FrostlineFault,
  Given,
  type Grade,
  Grades,
  HistoryNote,
  parseJson,
  Rubric,
} from "../contract/index.js";

/** A rubric with the grades it gave, and why both were replaced. */
export interface Superseded {
  rubric: Rubric;
  /** What people had given by then; null for nothing. */
  given: Given | null;
  grades: Grades;
  note: HistoryNote;
}

/** A place in a run's history. */
export interface HistoryPlace {
  /** From 1, the oldest; the number of an undone change is that of its undoing. */
  number: number;
  undone: boolean;
}

/** A place and what lies there. */
export type HistoryEntry = HistoryPlace & Superseded;

const NAME = /^(undone-)?([1-9][0-9]*)$/;

/** The places of a run's history, oldest first; the changes that were undone come after. None of them is read. */
export async function listHistory(folder: string): Promise<HistoryPlace[]> {
  const names = await readdir(join(folder, "history")).catch(() => []);
  return names
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match ? [{ undone: match[1] !== undefined, number: Number(match[2]) }] : [];
    })
    .sort((a, b) => Number(a.undone) - Number(b.undone) || a.number - b.number);
}

const placePath = (folder: string, { number, undone }: HistoryPlace): string =>
  join(folder, "history", `${undone ? "undone-" : ""}${number}`);

/**
 * What the run was at a place of its history.
 * @throws FrostlineFault `file-missing`, `json-unreadable`, `json-invalid`
 */
export async function readHistoryEntry(folder: string, place: HistoryPlace): Promise<HistoryEntry> {
  const path = (file: string): string => join(placePath(folder, place), file);
  const text = (file: string): Promise<string> =>
    readFile(path(file), "utf8").catch((error: unknown) => {
      throw new FrostlineFault(
        "file-missing",
        { file: path(file), expected: "Each folder of the history whole, as it was written" },
        error,
      );
    });
  return {
    ...place,
    rubric: parseJson(Rubric, await text("rubric.json"), path("rubric.json")),
    given: await readFile(path("given.json"), "utf8").then(
      (kept) => parseJson(Given, kept, path("given.json")),
      // Most runs have nothing given, and then there is no such file.
      () => null,
    ),
    grades: parseJson(Grades, await text("grades.json"), path("grades.json")),
    note: parseJson(HistoryNote, await text("note.json"), path("note.json")),
  };
}

/** What a run was before, oldest first; the changes that were undone come after. */
export async function readHistory(folder: string): Promise<HistoryEntry[]> {
  const places = await listHistory(folder);
  return Promise.all(places.map((place) => readHistoryEntry(folder, place)));
}

/**
 * Keeps a rubric with its grades as the newest of the history. The folder appears whole or not at all.
 * @throws FrostlineFault `output-unwritable`
 */
export async function keepInHistory(folder: string, kept: Superseded & { undone: boolean }): Promise<void> {
  const same = (await listHistory(folder)).filter(({ undone }) => undone === kept.undone);
  const number = (same.at(-1)?.number ?? 0) + 1;
  const place = placePath(folder, { number, undone: kept.undone });
  const beside = `${place}.part`;
  try {
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { recursive: true });
    await writeFile(join(beside, "rubric.json"), `${JSON.stringify(kept.rubric, null, 1)}\n`);
    if (kept.given) await writeFile(join(beside, "given.json"), `${JSON.stringify(kept.given, null, 1)}\n`);
    await writeFile(join(beside, "grades.json"), `${JSON.stringify(kept.grades)}\n`);
    await writeFile(join(beside, "note.json"), `${JSON.stringify(kept.note, null, 1)}\n`);
    await rename(beside, place);
  } catch (error) {
    const why = String((error as Error).message);
    throw new FrostlineFault("output-unwritable", { path: place, why }, error);
  }
}

/** Takes the newest entry out, once the run is again what it says. */
export async function dropFromHistory(folder: string, place: HistoryPlace): Promise<void> {
  await rm(placePath(folder, place), { recursive: true, force: true });
}

/** Whether two lists hold the same grades, whatever their order. */
export function sameGrades(a: readonly Grade[], b: readonly Grade[]): boolean {
  const text = (grades: readonly Grade[]): string =>
    JSON.stringify(grades.map((one) => JSON.stringify(one)).sort());
  return text(a) === text(b);
}
