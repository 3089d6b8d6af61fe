import cliProgress from "cli-progress";
import type { Progress } from "../harness/grade-class.js";

export interface ProgressLine {
  start(total: number): void;
  update(done: Progress): void;
  stop(): void;
}

/** One line with the remaining time on a terminal; one plain line a submission elsewhere, so that nothing moves in CI. */
export function progressLine(stream: NodeJS.WriteStream): ProgressLine {
  if (!stream.isTTY || process.env["CI"]) {
    return {
      start: (total) => stream.write(`Grading ${total} ${total === 1 ? "submission" : "submissions"}\n`),
      update: ({ name, done, total, reused, grade }) =>
        stream.write(`[${done}/${total}] ${name}: ${mark(grade)}${reused ? " (stored result)" : ""}\n`),
      stop: () => undefined,
    };
  }
  const bar = new cliProgress.SingleBar({
    stream,
    format: "{bar} {value} of {total}, {remaining} · {name}",
    barsize: 24,
    barCompleteChar: "█",
    barIncompleteChar: "·",
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: true,
    linewrap: false,
  });
  let started = 0;
  return {
    start(total) {
      started = Date.now();
      bar.start(total, 0, { name: "starting", remaining: "time unknown" });
    },
    update({ name, done, total, grade }) {
      const left = Math.round(((Date.now() - started) / done / 1000) * (total - done));
      bar.update(done, { name: `${name}: ${mark(grade)}`, remaining: `about ${left} s left` });
    },
    stop: () => bar.stop(),
  };
}

function mark({ earned, pending, possible }: Progress["grade"]): string {
  const waiting = pending > 0 ? `, ${round(pending)} pending` : "";
  return `${round(earned)} of ${round(possible)}${waiting}`;
}

const round = (points: number): number => Math.round(points * 10) / 10;
