import { WORKING_FOLDER } from "./facades/path.js";

/** Thrown to leave the program at `process.exit`; nobody is meant to catch it. */
export class ExitSignal extends Error {
  override name = "ExitSignal";
  readonly exitCode: number;
  constructor(code: number) {
    super(`The program ended itself with code ${code}.`);
    this.exitCode = code;
  }
}

type Listener = (...args: unknown[]) => void;

/** The `process` object of a run: no environment, no arguments, an exit that ends the program cleanly. */
export function createProcess(options: {
  entry: string;
  now: () => number;
  print: (stream: string, text: string) => void;
  onExit: (code: number) => void;
}): Record<string, unknown> & { fire(event: string, ...args: unknown[]): boolean } {
  const { entry, now, print, onExit } = options;
  const listeners = new Map<string, Listener[]>();
  const hrtime = Object.assign(
    (before: readonly [number, number] = [0, 0]) => {
      const nanoseconds = Math.round(now() * 1e6) - (before[0] * 1e9 + before[1]);
      return [Math.floor(nanoseconds / 1e9), nanoseconds % 1e9];
    },
    { bigint: () => BigInt(Math.round(now() * 1e6)) },
  );
  const stream = (name: string): object => ({
    isTTY: false,
    columns: 80,
    write: (text: unknown) => {
      print(name, String(text).replace(/\n$/, ""));
      return true;
    },
    clearLine: () => true,
    cursorTo: () => true,
  });
  const facade = {
    argv: ["node", `${WORKING_FOLDER}/${entry}`],
    argv0: "node",
    execArgv: [],
    env: {},
    exitCode: undefined,
    pid: 1,
    platform: "linux",
    arch: "x64",
    version: "v20.0.0",
    versions: { node: "20.0.0" },
    release: { name: "node" },
    title: "node",
    stdout: stream("log"),
    stderr: stream("error"),
    hrtime,
    cwd: () => WORKING_FOLDER,
    chdir: () => {
      throw new Error("The working folder cannot be changed here.");
    },
    uptime: () => now() / 1000,
    memoryUsage: Object.assign(() => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }), {
      rss: () => 0,
    }),
    cpuUsage: () => ({ user: Math.round(now() * 1000), system: 0 }),
    nextTick: (callback: Listener, ...args: unknown[]) =>
      void Promise.resolve().then(() => callback(...args)),
    emitWarning: (warning: unknown) => print("warn", String(warning)),
    exit(code?: unknown) {
      const number = Number(code ?? facade.exitCode ?? 0) || 0;
      onExit(number);
      throw new ExitSignal(number);
    },
    on(event: string, listener: Listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return facade;
    },
    off: () => facade,
    removeListener: () => facade,
    /** Calls the program's listeners of an event. False if there are none. */
    fire(event: string, ...args: unknown[]) {
      const list = listeners.get(event) ?? [];
      for (const listener of list) listener(...args);
      return list.length > 0;
    },
  };
  return Object.assign(facade, { once: facade.on, addListener: facade.on });
}
