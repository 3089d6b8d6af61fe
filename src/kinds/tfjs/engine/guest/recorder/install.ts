import type { EngineEvent } from "../../events.js";
import type { Bases } from "../bases.js";
import type { GuestSettings, HostCalls } from "../host-calls.js";
import type { RecorderContext } from "./context.js";
import { createModelRegistry } from "./model-registry.js";
import type { NativeTensors } from "./native-tensors.js";
import { recordFiles } from "./record-files.js";
import { recordFits } from "./record-fit.js";
import { recordLoops } from "./record-loops.js";
import { recordUse } from "./record-use.js";

/** Hooks the recorder into TensorFlow.js. Must be done before any line of the program runs. */
export function installRecorder(options: {
  host: HostCalls;
  settings: GuestSettings;
  tensors: NativeTensors;
  bases: Bases;
  namespace: Record<string, unknown>;
  endProgram: (why: string) => never;
}): RecorderContext {
  const { host, settings, tensors, bases, namespace, endProgram } = options;
  const stringify = JSON.stringify;
  const emit = (event: EngineEvent): void => host.emit(stringify(event));
  let fits = 0;
  const context: RecorderContext = {
    host,
    settings,
    tensors,
    emit,
    models: createModelRegistry(emit),
    busy: { training: 0, predicting: 0 },
    closeLoop: () => undefined,
    nextFit: () => fits++,
    compiled: new Set(),
    predicted: new Set(),
    predictions: 0,
    samples: 0,
    origins: new Map(),
    lastTrained: undefined,
    saved: undefined,
  };
  recordLoops(context, endProgram);
  recordFits(context);
  recordUse(context, namespace);
  recordFiles(context, namespace, bases);
  return context;
}
