import type { EventOf } from "../events.js";
import type { EngineJob } from "../job.js";
import { readBaseFile } from "./base-files.js";
import { type Bridge, createBridge } from "./bridge.js";
import { errorPlace } from "./error-place.js";
import type { FrameWriter } from "./frame-writer.js";
import type { Kernels } from "./kernels.js";
import { createOrigins } from "./origins.js";
import type { ProgramClock } from "./program-clock.js";
import { createTensorFacts } from "./tensor-facts.js";
import { type CompiledModule, compileModule, SourceError } from "./transpile.js";
import { createVisibleFiles } from "./visible-files.js";

type Phase = EventOf<"error">["phase"];

/** The calls the isolate gets, in the order it takes them, and what the host keeps of them. */
export interface HostSide {
  bridge: Bridge;
  calls: Record<string, (...args: unknown[]) => unknown>;
  fail(phase: Phase, name: string, message: string, stack: string): void;
}

/** Every argument comes from an untrusted place and is taken as text or number only. */
export function createHostCalls(
  job: EngineJob,
  kernels: Kernels,
  writer: FrameWriter,
  clock: ProgramClock,
): HostSide {
  const { addon } = kernels;
  const origins = createOrigins(addon);
  const bridge = createBridge(kernels, job.limits.memoryMb * 2 ** 20, origins);
  const facts = createTensorFacts(addon, bridge.table);
  const files = createVisibleFiles(job);
  const compiled = new Map<string, CompiledModule>();

  const fail: HostSide["fail"] = (phase, name, message, stack) => {
    const place = errorPlace(
      stack,
      (file, line, column) => compiled.get(file)?.original(line, column) ?? { line, column },
    );
    writer.emit({ ev: "error", phase, name: name.slice(0, 200), message: message.slice(0, 4000), ...place });
  };
  const bytesOrProblem = (read: () => Buffer): ArrayBuffer | string => {
    try {
      const bytes = read();
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    }
  };

  const calls: HostSide["calls"] = {
    registerOp: bridge.register,
    execute: bridge.execute,
    createTensor: bridge.create,
    readTensor: bridge.read,
    flush: bridge.flush,
    digest: (id) => onTensor(bridge, () => facts.digest(Number(id))),
    statistics: (id) => onTensor(bridge, () => facts.statistics(Number(id))),
    markOrigin: (id, model) =>
      onTensor(bridge, () => origins.mark(bridge.table.get(Number(id)), Number(model))),
    originOf: (id) => onTensor(bridge, () => origins.find(bridge.table.get(Number(id)))),
    follow: (on) => {
      origins.following = on === true;
    },
    now: () => performance.now(),
    skip: (ms) => clock.skip(Math.max(0, Number(ms) || 0)),
    timeIsUp: () => performance.now() >= clock.endOf(job.limits.seconds),
    print: writer.print,
    emit: writer.emitFromGuest,
    fail: (phase, name, message, stack) =>
      fail(String(phase) as Phase, String(name), String(message), String(stack)),
    readFile: (path) => bytesOrProblem(() => files.read(String(path))),
    statFile: (path) => {
      const found = files.stat(String(path));
      return found && JSON.stringify(found);
    },
    listFolder: (path) => {
      const names = files.list(String(path));
      return names && JSON.stringify(names);
    },
    readBase: (base, name) => bytesOrProblem(() => readBaseFile(job.bases, Number(base), String(name))),
    compile: (path, mayAwait) => {
      try {
        const module = compileModule(
          String(path),
          files.read(String(path)).toString("utf8"),
          mayAwait === true,
        );
        compiled.set(String(path), module);
        return JSON.stringify({ code: module.code });
      } catch (error) {
        if (error instanceof SourceError)
          return JSON.stringify({ message: error.message, line: error.line, column: error.column });
        return JSON.stringify({
          message: `The file cannot be compiled: ${(error as Error).message}`,
          line: 1,
          column: 1,
        });
      }
    },
    writeModel: (role, modelJson, idsJson) => {
      try {
        bridge.flush();
        const ids = (JSON.parse(String(idsJson)) as unknown[]).map(Number);
        const whole = ids.reduce((sum, id) => sum + bridge.table.get(id).bytes, String(modelJson).length);
        if (whole > writer.room) return `The model has ${whole} bytes; ${writer.room} bytes are allowed.`;
        const known = String(role) as "model" | "base" | "head";
        writer.file(known, "model.json", [Buffer.from(String(modelJson))]);
        writer.file(known, "weights.bin", ids.map(facts.bytes));
        return undefined;
      } catch (error) {
        return (error as Error).message;
      }
    },
  };
  return { bridge, calls, fail };
}

/** The queue may still hold the creation of the tensor that is asked for. */
function onTensor<T>(bridge: Bridge, use: () => T): T {
  bridge.flush();
  return use();
}
