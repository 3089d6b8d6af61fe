import { parentPort, workerData } from "node:worker_threads";
import { type Fault, FrostlineFault } from "../contract/index.js";
import { type JudgedByPlace, judgeLane, type LaneJob } from "./judge-lane.js";

/** What the thread says: what it judged, then what it wrote; or the fault that stopped it. */
export type ThreadMessage = { judged: JudgedByPlace } | { written: "grades" | "pages" } | { fault: Fault };

/** The program of a judging thread: judges at once, and writes everything when it is told to. */
const lane = judgeLane(workerData as LaneJob);

async function answer(work: () => Promise<ThreadMessage>): Promise<void> {
  try {
    parentPort?.postMessage(await work());
  } catch (error) {
    // A class does not survive the way between threads; anything but a fault is a bug of ours and ends the thread.
    if (!(error instanceof FrostlineFault)) throw error;
    parentPort?.postMessage({ fault: error.fault } satisfies ThreadMessage);
  }
}

parentPort?.once("message", async () => {
  await answer(() => lane.writeGrades().then(() => ({ written: "grades" })));
  await answer(() => lane.writePages().then(() => ({ written: "pages" })));
});
await answer(async () => ({ judged: await lane.judge() }));
