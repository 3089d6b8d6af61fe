import { join } from "node:path";
import { type Fault, fault } from "../../contract/index.js";
import { type JailBind, readNativeParts } from "../../sandbox/index.js";

/** What a jail needs to run our Python programs. */
export interface PythonEnvironment {
  command: string[];
  binds: JailBind[];
  env: Record<string, string>;
  /** Versions of Keras 3, tf.keras 2 and TensorFlow. */
  versions: { keras: string; tfKeras: string; tensorflow: string };
}

/** Why Keras submissions cannot be run here, where the set-up made no Python for them. */
export const pythonMissing = (): Fault =>
  fault("kind-unsupported", {
    kind: "keras",
    reason: "its Python environment is not set up",
    expected: "Python with TensorFlow and Keras",
    hint: "Run `npm run setup`, which says what is missing, then grade again.",
  });

/** The Python that the set-up made, with our programs for it; null where it was not made. */
export function pythonEnvironment(root: string): PythonEnvironment | null {
  const python = readNativeParts(root)?.python;
  if (!python) return null;
  return {
    // Isolated, so that neither variables nor a working folder change what Python imports.
    command: ["/python/bin/python", "-I", "-B"],
    binds: [
      { source: python.folder, target: "/python" },
      { source: join(root, "src", "kinds", "keras", "python"), target: "/runner" },
      ...(python.prefix === "/usr" ? [] : [{ source: python.prefix, target: python.prefix }]),
    ],
    env: {
      TF_CPP_MIN_LOG_LEVEL: "3",
      // One thread a run: runs go side by side, and the order of additions stays the same.
      TF_NUM_INTRAOP_THREADS: "1",
      TF_NUM_INTEROP_THREADS: "1",
      OMP_NUM_THREADS: "1",
      OPENBLAS_NUM_THREADS: "1",
      MPLBACKEND: "Agg",
      MPLCONFIGDIR: "/tmp/matplotlib",
      KERAS_HOME: "/tmp/keras",
    },
    versions: { keras: python.keras, tfKeras: python.tf_keras, tensorflow: python.tensorflow },
  };
}
