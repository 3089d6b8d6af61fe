import { parentPort, workerData } from "node:worker_threads";
import { type Fault, FrostlineFault } from "../contract/index.js";
import { type JudgedByPlace, judgeLane, type LaneJob } from "./judge-lane.js";

/** What the thread says: what it judged, then that it wrote it; or the fault that stopped it. */
export type ThreadMessage = { judged: JudgedByPlace } | { written: true } | { fault: Fault };

/** The program of a judging thread: judges at once, and writes when it is told to. */
const lane = judgeLane(workerData as LaneJob);

const answer = async (work: () => Promise<ThreadMessage>): Promise<void> => {
  parentPort?.postMessage(
    await work().catch((error: unknown): ThreadMessage => {
      // A class does not survive the way between threads; anything but a fault is a bug of ours and ends the thread.
      if (error instanceof FrostlineFault) return { fault: error.fault };
      throw error;
    }),
  );
};

parentPort?.once("message", () => answer(async () => lane.write().then(() => ({ written: true }))));
await answer(async () => ({ judged: await lane.judge() }));
