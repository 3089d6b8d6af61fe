import { readFileSync } from "node:fs";
import type ivm from "isolated-vm";
import type { GuestSettings } from "../guest/host-calls.js";
import type { HostSide } from "./host-calls.js";
import type { IsolatedVm } from "./isolated-vm.js";

const CALLS = [
  "begin",
  "step",
  "reportStuck",
  "callExportedMain",
  "conclude",
  "conclusionDone",
  "fail",
  "predictions",
] as const;

/** A program in its isolate, and the functions it is driven by. */
export interface IsolatedProgram {
  isolate: ivm.Isolate;
  calls: Record<(typeof CALLS)[number], ivm.Reference<(...args: unknown[]) => unknown>>;
}

/** Takes the callbacks as separate arguments, because isolated-vm does not hand over objects that hold them. */
const CALLER =
  "(start, names, shared, settings, ...calls) => start(Object.fromEntries(names.split(' ').map((name, i) => [name, calls[i]])), shared, settings)";

/** Opens an isolate with the bundle of the isolate's side and hands it the host's calls. */
export function openIsolate(
  vm: IsolatedVm,
  bundleFile: string,
  host: HostSide,
  settings: GuestSettings,
  heapMb: number,
): IsolatedProgram {
  // Without a handler for catastrophes, because it would be called from the event loop of this thread, which is inside
  // the isolate then: V8 ends the process instead, and what was reported until then stands.
  const isolate = new vm.Isolate({ memoryLimit: heapMb });
  const context = isolate.createContextSync();
  const bundle = isolate.compileScriptSync(readFileSync(bundleFile, "utf8"), {
    filename: "frostline:tensorflow.js",
  });
  const start = bundle.runSync(context, { reference: true }) as ivm.Reference;
  const caller = context.evalSync(`(${CALLER})`, { reference: true }) as ivm.Reference<
    (...args: unknown[]) => object
  >;
  const callbacks = Object.values(host.calls).map((call) => new vm.Callback(call));
  const names = Object.keys(host.calls).join(" ");
  const shared = new vm.ExternalCopy(host.bridge.shared).copyInto();
  const program = caller.applySync(
    undefined,
    [start.derefInto(), names, shared, JSON.stringify(settings), ...callbacks],
    { result: { reference: true } },
  ) as unknown as ivm.Reference<Record<string, unknown>>;
  const calls = Object.fromEntries(CALLS.map((name) => [name, program.getSync(name, { reference: true })]));
  return { isolate, calls: calls as IsolatedProgram["calls"] };
}
