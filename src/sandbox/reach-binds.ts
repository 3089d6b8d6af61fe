import { realpath } from "node:fs/promises";
import { FrostlineFault } from "../contract/index.js";
import type { JailBind } from "./job.js";
import { isReachable } from "./reachable.js";
import { shareCopy } from "./share-copy.js";

/**
 * Makes the function that gives binds sources which the user of a run can read. Root's own folders are closed to
 * that user, so what lies in them is shared as a copy.
 * @param asOtherUser runs have another user than the harness
 */
export function bindReacher(asOtherUser: boolean): (binds: readonly JailBind[]) => Promise<JailBind[]> {
  // Trusted material does not change while a harness runs, so each source is looked at once.
  const reached = new Map<string, Promise<string>>();
  const reach = async (source: string): Promise<string> => {
    const real = await realpath(source).catch((cause: unknown) => {
      throw new FrostlineFault(
        "sandbox-failed",
        { reason: `${source} cannot be shown, it does not exist` },
        cause,
      );
    });
    return asOtherUser && !isReachable(real) ? shareCopy(real) : real;
  };
  return (binds) =>
    Promise.all(
      binds.map(async ({ source, target }) => {
        const pending = reached.get(source) ?? reach(source);
        reached.set(source, pending);
        return { source: await pending, target };
      }),
    );
}
