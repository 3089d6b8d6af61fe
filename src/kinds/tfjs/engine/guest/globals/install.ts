import { Buffer } from "../facades/buffer.js";
import { formatLog } from "../inspect.js";
import { decodeBase64, encodeBase64 } from "./base64.js";
import { installConsole } from "./console.js";
import { seededRandom } from "./random.js";
import { structuredClone } from "./structured-clone.js";
import { bytesOf, decodeUtf8, encodeUtf8 } from "./text-coding.js";
import { installTimers, type Timers } from "./timers.js";
import { GuestUrl } from "./url.js";

/** What the globals need from the host; connected after they are installed. */
export interface GlobalsHost {
  now(): number;
  skip(ms: number): void;
  print(stream: string, text: string): void;
}

export interface Globals {
  timers: Timers;
  /** Connects clock and console to the host and seeds Math.random. */
  connect(host: GlobalsHost, seed: number): void;
  /** Milliseconds of the real clock plus what timers skipped. */
  now(): number;
}

/** Puts Node's and the web's globals on the isolate's bare global object, and takes WebAssembly away. */
export function installGlobals(): Globals {
  const target = globalThis as unknown as Record<string, unknown>;
  let host: GlobalsHost = { now: () => 0, skip: () => undefined, print: () => undefined };
  const timers = installTimers(
    target,
    () => host.now(),
    (ms) => host.skip(ms),
  );
  const now = (): number => host.now() + timers.skippedMs();
  const realDate = Date.now;
  const startedAt = realDate();

  // The default of 10 frames would end inside TensorFlow.js, before the program's own files.
  Error.stackTraceLimit = 100;
  delete target["WebAssembly"];
  delete target["SharedArrayBuffer"];
  delete target["Atomics"];
  Date.now = () => Math.round(startedAt + now());
  Math.random = seededRandom(1);
  Object.assign(target, {
    global: globalThis,
    self: globalThis,
    performance: { now, timeOrigin: startedAt, mark: () => undefined, measure: () => undefined },
    queueMicrotask: (callback: () => void) => void Promise.resolve().then(callback),
    structuredClone: (value: unknown) => structuredClone(value),
    atob: (text: string) => Buffer.from(decodeBase64(text)).toString("latin1"),
    btoa: (text: string) => encodeBase64(Buffer.from(text, "latin1")),
    Buffer,
    URL: GuestUrl,
    TextEncoder: class {
      readonly encoding = "utf-8";
      encode = (text = ""): Uint8Array => encodeUtf8(String(text));
    },
    TextDecoder: class {
      readonly encoding = "utf-8";
      decode = (source?: ArrayBuffer | ArrayBufferView): string =>
        decodeUtf8(bytesOf(source)).replace(/^\ufeff/, "");
    },
  });
  installConsole(target, (stream, ...args) => host.print(stream, formatLog(args)), now);

  return {
    timers,
    now,
    connect(connected, seed) {
      host = connected;
      Math.random = seededRandom(seed);
    },
  };
}
