// First, because TensorFlow.js looks at the globals when it is loaded.
import "./prelude.js";

import { installBackend } from "./backend.js";
import { createBases } from "./bases.js";
import { connectFiles } from "./facades/fs.js";
import { resolve } from "./facades/path.js";
import type { GuestSettings, HostCalls } from "./host-calls.js";
import { lockIntrinsics } from "./lock-intrinsics.js";
import { createModuleLoader } from "./modules.js";
import { createNativeBinding } from "./native-binding.js";
import { createPackages } from "./packages.js";
import { installPlatform } from "./platform.js";
import { globals } from "./prelude.js";
import { createProcess, ExitSignal } from "./process.js";
import { createProgram, type Program } from "./program.js";
import { createProgramFiles } from "./program-files.js";
import { installRecorder } from "./recorder/install.js";
import { createNativeTensors } from "./recorder/native-tensors.js";
import { createNamespace } from "./tf-namespace.js";

/**
 * The isolate's side of the engine: TensorFlow.js on the bridged addon, Node's modules as facades, the recorder.
 * @returns what the host drives the program by
 */
export function start(host: HostCalls, shared: SharedArrayBuffer, settingsJson: string): Program {
  const settings = JSON.parse(settingsJson) as GuestSettings;
  globals.connect(host, settings.seed);
  const bases = createBases(host, settings.bases);
  installPlatform(bases.fetch);
  Reflect.set(globalThis, "fetch", bases.fetch);
  const ids = installBackend(settings.backend, createNativeBinding(host, shared));
  const files = createProgramFiles(host, settings.outputBytes);
  connectFiles(files);

  const namespace = createNamespace(settings.backend);
  let endProgram = (_code: number, _why: string): void => undefined;
  const process = createProcess({
    entry: settings.entry,
    now: globals.now,
    print: host.print,
    onExit: (code) => endProgram(code, "process.exit"),
  });
  Reflect.set(globalThis, "process", process);
  lockIntrinsics();
  const context = installRecorder({
    host,
    settings,
    tensors: createNativeTensors(ids),
    bases,
    namespace,
    endProgram: (why) => {
      endProgram(0, why);
      throw new ExitSignal(0);
    },
  });
  const program = createProgram({
    host,
    entry: resolve(settings.entry),
    loader: createModuleLoader(host, files, createPackages(namespace, process)),
    files,
    context,
    tick: globals.timers.tick,
    emit: context.emit,
  });
  endProgram = (code, why) => {
    context.emit({ ev: "exit", code, why });
    program.end();
  };
  return program;
}
