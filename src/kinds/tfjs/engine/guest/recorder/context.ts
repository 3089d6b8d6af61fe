import type { EngineEvent, EventOf } from "../../events.js";
import type { GuestSettings, HostCalls } from "../host-calls.js";
import type { ModelSnapshot } from "../model-snapshot.js";
import type { ModelInternals } from "./model-internals.js";
import type { ModelRegistry } from "./model-registry.js";
import type { NativeTensors } from "./native-tensors.js";

/** What every part of the recorder shares. */
export interface RecorderContext {
  host: HostCalls;
  settings: GuestSettings;
  models: ModelRegistry;
  tensors: NativeTensors;
  emit(event: EngineEvent): void;
  /** How many recorded calls are running: inside a fit nothing else is recorded. */
  busy: { training: number; predicting: number };
  /** Ends the loop of trainOnBatch or minimize calls that is open, if one is. */
  closeLoop(): void;
  nextFit(): number;
  /** Models compiled since they were last trained. */
  compiled: Set<ModelInternals>;
  /** Numbers of the models that predicted, in order of their last prediction. */
  predicted: Set<number>;
  predictions: number;
  /** Examples that all trainings together were given. */
  samples: number;
  /** Where the inputs of a model's last training came from. */
  origins: Map<ModelInternals, EventOf<"fitStart">["inputsFrom"]>;
  lastTrained: ModelInternals | undefined;
  /** What the program saved last, as it was then. */
  saved: ModelSnapshot | undefined;
}
