import type { EngineEvent } from "../events.js";
import { chooseModel, exportedMain, exportKinds, writeModel } from "./artifact.js";
import { describeError } from "./describe-error.js";
import { decodeUtf8 } from "./globals/text-coding.js";
import type { HostCalls } from "./host-calls.js";
import type { ModuleLoader, ProgramModule } from "./modules.js";
import { errorNameOf } from "./named-error.js";
import { ExitSignal } from "./process.js";
import type { ProgramFiles } from "./program-files.js";
import type { RecorderContext } from "./recorder/context.js";

/** What the host calls to drive a program. Every call returns plain text and never throws on purpose. */
export interface Program {
  /** Starts the program's first file. */
  begin(): void;
  /** Runs what is due. `waiting`: call again; `idle`: nothing is left to do; `ended`: the program is over. */
  step(): string;
  /** Once idle: `true` if something still waits for what will never come, which is reported. */
  reportStuck(): boolean;
  /** Starts a `main` that the first file exports, where the program has not trained anything itself. */
  callExportedMain(): boolean;
  /** Starts writing the models. Call `step` until `conclusionDone`. */
  conclude(): void;
  conclusionDone(): boolean;
  /** Takes over the error that the isolate raised for a rejected promise nobody handles. */
  fail(phase: string, name: string, message: string, stack: string): void;
  predictions(): number;
}

const MAX_TEXT = 65_536;
/** V8's words for an array that does not fit into the isolate's memory any more. */
const OUT_OF_ARRAYS = "Array buffer allocation failed";

export function createProgram(options: {
  host: HostCalls;
  entry: string;
  loader: ModuleLoader;
  files: ProgramFiles;
  context: RecorderContext;
  tick: () => boolean;
  emit: (event: EngineEvent) => void;
}): Program & { end(): void } {
  const { host, entry, loader, files, context, tick, emit } = options;
  let module: ProgramModule | undefined;
  let awaited: "nothing" | "entry" | "main" = "nothing";
  let returned: unknown;
  let ended = false;
  let concluding = false;
  let concluded = false;

  const report = (phase: string, thrown: unknown): void => {
    if (thrown instanceof ExitSignal) return;
    // Looking at what was thrown may take for ever, and then it is the time limit that is reported.
    const { name, message, stack } = describeError(thrown);
    ended = true;
    host.fail(message === OUT_OF_ARRAYS ? "memory" : phase, name, message, stack);
  };
  const wait = (what: "entry" | "main", promise: Promise<unknown>): void => {
    awaited = what;
    promise.then(
      (value) => {
        awaited = "nothing";
        if (what === "main") returned = value;
      },
      (thrown: unknown) => {
        awaited = "nothing";
        report("run", thrown);
      },
    );
  };
  const writeOutputs = (): void => {
    for (const [path, bytes] of files.written()) {
      const text = bytes.length <= MAX_TEXT && /\.(?:json|txt|csv|md)$/.test(path) ? decodeUtf8(bytes) : null;
      emit({
        ev: "wrote",
        path: path.replace(/^\/submission\//, "").slice(0, 500),
        bytes: bytes.length,
        text,
      });
    }
  };

  return {
    begin() {
      try {
        const started = loader.runEntry(entry);
        module = started.module;
        if (started.done !== undefined) wait("entry", started.done);
      } catch (thrown) {
        report(thrown instanceof SyntaxError ? "load" : "run", thrown);
      }
    },
    step() {
      if (ended && !concluding) return "ended";
      try {
        return tick() ? "waiting" : "idle";
      } catch (thrown) {
        report("run", thrown);
        return "ended";
      }
    },
    reportStuck() {
      const training = context.busy.training > 0;
      if (ended || (awaited === "nothing" && !training)) return false;
      const what = training
        ? "A call of fit"
        : awaited === "entry"
          ? "An await at the top level"
          : "The promise of main()";
      host.fail("never-settles", "Error", `${what} waits for something that never happens.`, "");
      ended = true;
      return true;
    },
    callExportedMain() {
      const main = exportedMain(module?.exports);
      if (ended || main === undefined || context.lastTrained !== undefined || context.saved !== undefined)
        return false;
      try {
        const result: unknown = main();
        if (result instanceof Promise) wait("main", result);
        else returned = result;
      } catch (thrown) {
        report("run", thrown);
      }
      return true;
    },
    conclude() {
      concluding = true;
      context.closeLoop();
      emit({ ev: "exports", names: exportKinds(module?.exports) });
      writeOutputs();
      const chosen = chooseModel(context, module?.exports, returned);
      (chosen === undefined ? Promise.resolve() : writeModel(context, chosen)).then(
        () => {
          concluded = true;
        },
        (thrown: unknown) => {
          const { name, message, stack } = describeError(thrown);
          host.fail("artifact", name, message, stack);
          concluded = true;
        },
      );
    },
    conclusionDone: () => concluded,
    fail(phase, name, message, stack) {
      if (!ended) host.fail(phase, errorNameOf(message) ?? name, message, stack);
      ended = true;
    },
    end() {
      ended = true;
    },
    predictions: () => context.predictions,
  };
}
