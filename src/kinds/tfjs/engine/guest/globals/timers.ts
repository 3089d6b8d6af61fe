interface Timer {
  id: number;
  run: () => void;
  dueMs: number;
  everyMs: number | undefined;
}

/** Timers in virtual time: when nothing else is left to do, the clock jumps to the next timer. */
export interface Timers {
  /** Runs the earliest timer. False if there is none. */
  tick(): boolean;
  /** Milliseconds that the clock has jumped so far. */
  skippedMs(): number;
}

/**
 * Installs setTimeout, setInterval, setImmediate, requestAnimationFrame and their opposites on `target`.
 * @param realNow milliseconds of a monotonic clock
 */
export function installTimers(target: Record<string, unknown>, realNow: () => number): Timers {
  let timers: Timer[] = [];
  let nextId = 1;
  let skipped = 0;
  const now = (): number => realNow() + skipped;

  const add = (callback: unknown, delay: unknown, args: readonly unknown[], repeat: boolean): object => {
    if (typeof callback !== "function") throw new TypeError("The callback of a timer must be a function.");
    const delayMs = Math.max(repeat ? 1 : 0, Number(delay) || 0);
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
      skipped += Math.max(0, earliest.dueMs - now());
      if (earliest.everyMs === undefined) timers.splice(timers.indexOf(earliest), 1);
      else earliest.dueMs += earliest.everyMs;
      earliest.run();
      return true;
    },
  };
}
