import { VISIBLE_ROOT } from "./visible-files.js";

export interface ErrorPlace {
  file: string | null;
  line: number | null;
  column: number | null;
  /** Frames in the submission's own files. */
  stack: string[];
}

type Original = (file: string, line: number, column: number) => { line: number; column: number };

const FRAME = new RegExp(`^(.*?)\\(?${VISIBLE_ROOT}/(.+?):(\\d+):(\\d+)\\)?$`);
const MAX_FRAMES = 20;

/** The frames of V8's stack that lie in the submission, with original lines; the first is where the error shows. */
export function errorPlace(stack: string, original: Original): ErrorPlace {
  const frames = stack
    .slice(0, 20_000)
    .split("\n")
    .map((text) => FRAME.exec(text.slice(0, 1000)))
    .filter((match) => match !== null)
    .slice(0, MAX_FRAMES)
    .map(([, before = "", file = "", line, column]) => {
      const place = original(`${VISIBLE_ROOT}/${file}`, Number(line), Number(column));
      return { before: before.replace(/\b(?:Object\.)?eval\b/, "").trim(), file, ...place };
    });
  const first = frames[0];
  return {
    file: first?.file.slice(0, 500) ?? null,
    line: first?.line ?? null,
    column: first?.column ?? null,
    stack: frames.map(({ before, file, line, column }) =>
      `${before} ${file}:${line}:${column}`.trim().slice(0, 1000),
    ),
  };
}
