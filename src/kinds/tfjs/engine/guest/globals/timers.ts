interface Timer {
  id: number;
  run: () => void;
  dueMs: number;
  everyMs: number | undefined;
}

/** Timers in virtual time: when nothing else is left to do, the clock jumps to the next timer. */
export interface Timers {
  /** Jumps to the earliest timer, or runs it when it is due. False if there is none. */
  tick(): boolean;
  /** Milliseconds that the clock has jumped so far. */
  skippedMs(): number;
}

/** Longer delays become the shortest one, as in Node. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Installs setTimeout, setInterval, setImmediate, requestAnimationFrame and their opposites on `target`.
 * @param realNow milliseconds of a monotonic clock
 * @param skip told of every jump, in milliseconds
 */
export function installTimers(
  target: Record<string, unknown>,
  realNow: () => number,
  skip: (ms: number) => void,
): Timers {
  let timers: Timer[] = [];
  let nextId = 1;
  let skipped = 0;
  const now = (): number => realNow() + skipped;

  const add = (callback: unknown, delay: unknown, args: readonly unknown[], repeat: boolean): object => {
    if (typeof callback !== "function") throw new TypeError("The callback of a timer must be a function.");
    const asked = Number(delay) || 0;
    const delayMs = asked > LONGEST_MS ? 1 : Math.max(repeat ? 1 : 0, asked);
    const id = nextId++;
    const run = (): void => {
      callback(...args);
    };
    timers.push({ id, run, dueMs: now() + delayMs, everyMs: repeat ? delayMs : undefined });
    const handle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh: () => handle,
      [Symbol.toPrimitive]: () => id,
    };
    return handle;
  };
  const clear = (handle: unknown): void => {
    const id = handle === undefined || handle === null ? Number.NaN : Number(handle);
    timers = timers.filter((timer) => timer.id !== id);
  };

  Object.assign(target, {
    setTimeout: (callback: unknown, delay: unknown, ...args: unknown[]) => add(callback, delay, args, false),
    setInterval: (callback: unknown, delay: unknown, ...args: unknown[]) => add(callback, delay, args, true),
    setImmediate: (callback: unknown, ...args: unknown[]) => add(callback, 0, args, false),
    requestAnimationFrame: (callback: unknown) => add(callback, 0, [now()], false),
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
    cancelAnimationFrame: clear,
  });

  return {
    skippedMs: () => skipped,
    tick() {
      let earliest: Timer | undefined;
      for (const timer of timers)
        if (earliest === undefined || timer.dueMs < earliest.dueMs) earliest = timer;
      if (earliest === undefined) return false;
      const waitMs = earliest.dueMs - now();
      if (waitMs > 0) {
        // Without running it yet, for the program's time may be over by then.
        skipped += waitMs;
        skip(waitMs);
        return true;
      }
      if (earliest.everyMs === undefined) timers.splice(timers.indexOf(earliest), 1);
      else earliest.dueMs += earliest.everyMs;
      earliest.run();
      return true;
    },
  };
}
