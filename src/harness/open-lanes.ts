import { on } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { FrostlineFault } from "../contract/index.js";
import { type JudgeLane, judgeLane, type LaneJob } from "./judge-lane.js";
import type { ThreadMessage } from "./judge-thread.js";
import { projectRoot } from "./project-root.js";

/** Lanes that judge a run side by side; `close` ends their threads. */
export interface JudgeLanes extends JudgeLane {
  close(): Promise<void>;
}

/** Starting a thread takes as long as judging about this many submissions. */
const WORTH_A_THREAD = 50;

/** Starts to judge a run; of a large class this thread judges a share and others the rest. Nothing is written before `writeGrades`. */
export function openLanes(run: Omit<LaneJob, "next">): JudgeLanes {
  const job = { ...run, next: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT) };
  const count = Math.min(availableParallelism(), Math.floor(job.run.submissions.length / WORTH_A_THREAD));
  const threads = Array.from({ length: Math.max(0, count - 1) }, () => threadLane(job));
  // Threads are told first, for this one is busy until its own share is done.
  const lanes = [...threads, judgeLane(job)];
  return {
    judge: async () => (await Promise.all(lanes.map((lane) => lane.judge()))).flat(),
    writeGrades: async () => void (await Promise.all(lanes.map((lane) => lane.writeGrades()))),
    writePages: async () => void (await Promise.all(lanes.map((lane) => lane.writePages()))),
    close: async () => void (await Promise.all(threads.map((lane) => lane.close()))),
  };
}

function threadLane(job: LaneJob): JudgeLanes {
  const thread = new Worker(join(projectRoot(), "dist/cli/judge-thread.js"), { workerData: job });
  // Listens from the start: a thread that is done early must be heard later.
  const messages = on(thread, "message") as AsyncIterableIterator<[ThreadMessage]>;
  const answer = async (): Promise<ThreadMessage> => {
    const { value } = await messages.next();
    const [message] = value as [ThreadMessage];
    if ("fault" in message) throw new FrostlineFault(message.fault.code, message.fault.params);
    return message;
  };
  const judging = answer();
  // Awaited by `judge`; until then nobody would hear of a failure.
  judging.catch(() => undefined);
  return {
    async judge() {
      const message = await judging;
      return "judged" in message ? message.judged : [];
    },
    async writeGrades() {
      thread.postMessage("write");
      await answer();
    },
    writePages: async () => void (await answer()),
    close: async () => void (await thread.terminate()),
  };
}
