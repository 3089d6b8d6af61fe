import { randomInt } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";

export interface UserRange {
  readonly first: number;
  readonly last: number;
}

// Assigned to nobody by the customs of systemd, /etc/subuid and directory services.
const PREFERRED: UserRange = { first: 1_900_000_000, last: 2_100_000_000 };
const FALLBACK: UserRange = { first: 20_000, last: 60_000 };

/**
 * The user ids that a run may be given here.
 * @returns null when the harness is not root, so that it cannot give a run another user; or when none are mapped.
 */
export function freshUserRange(): UserRange | null {
  if (process.getuid?.() !== 0) return null;
  const mapped = readFileSync("/proc/self/uid_map", "utf8")
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const holds = ({ first, last }: UserRange): boolean =>
    mapped.some(([inside = 0, , count = 0]) => inside <= first && last < inside + count);
  return [PREFERRED, FALLBACK].find(holds) ?? null;
}

/** A user id, at random, to which no process of the machine belongs. */
export function freshUser({ first, last }: UserRange): number {
  const taken = new Set(usersOfProcesses());
  for (;;) {
    const candidate = randomInt(first, last + 1);
    if (!taken.has(candidate)) return candidate;
  }
}

function usersOfProcesses(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statSync(`/proc/${pid}`, { throwIfNoEntry: false })?.uid ?? []);
}
