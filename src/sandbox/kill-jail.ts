import { readProc } from "./process-tree.js";

/**
 * Kills everything in a jail at once, by killing the first process of its process namespace: the kernel then takes
 * down all others, whatever they did to escape.
 * @param shellPid the process the harness started; the jail's first process must be its child's child, so that a number
 *   that was reused in the meantime is never killed
 * @returns false when that process is already gone
 */
export function killJail(initPid: number, shellPid: number | undefined): boolean {
  const bubblewrapPid = parentOf(initPid);
  if (bubblewrapPid === null || shellPid === undefined || parentOf(bubblewrapPid) !== shellPid) return false;
  return killQuietly(initPid);
}

/** Kills the process a run was started as and all that stayed in its group. */
export function killGroup(leaderPid: number | undefined): void {
  if (leaderPid !== undefined) killQuietly(-leaderPid);
}

/** @returns false when there is nobody to kill any more */
export function killQuietly(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
}

function parentOf(pid: number): number | null {
  const found = /^PPid:\s+(\d+)/m.exec(readProc(pid, "status") ?? "")?.[1];
  return found === undefined ? null : Number(found);
}
