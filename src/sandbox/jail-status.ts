/** What came out of the status descriptor. */
export interface JailStatus {
  /** The first process of the jail, as the host numbers it. */
  readonly initPid: number | null;
  /** Set only when the command was really started, and has ended. */
  readonly exitCode: number | null;
  /** CPU time of everything that was started and waited for, the set-up of the jail included. */
  readonly cpuMs: number | null;
}

/** Reads what bubblewrap and the shell around it said so far; lines that are not complete yet count as absent. */
export function readStatus(text: string): JailStatus {
  const field = (name: string): number | null => {
    const value = new RegExp(`"${name}": (\\d+)\\D`).exec(text)?.[1];
    return value === undefined ? null : Number(value);
  };
  return { initPid: field("child-pid"), exitCode: field("exit-code"), cpuMs: readTimes(text) };
}

/** Reads what the shell's `times` prints: its own user and system time, then those of its children. */
function readTimes(text: string): number | null {
  const ofChildren = /^\d+m[\d.]+s \d+m[\d.]+s\n(\d+)m([\d.]+)s (\d+)m([\d.]+)s\n/m.exec(text);
  if (ofChildren === null) return null;
  const [userMinutes = 0, userSeconds = 0, systemMinutes = 0, systemSeconds = 0] = ofChildren
    .slice(1)
    .map(Number);
  return 60_000 * (userMinutes + systemMinutes) + 1000 * (userSeconds + systemSeconds);
}
