import { type JailResult, jailLimits, type Sandbox } from "../../sandbox/index.js";
import type { KindTrial } from "../kind.js";
import { pythonEnvironment } from "./python-environment.js";

/** Builds and predicts with a network of one layer; all that it says are versions. */
const PROBE = `import importlib.metadata as packages, platform, keras, numpy
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_initializer="ones")])
assert float(model.predict(numpy.ones((1, 2)), verbose=0)[0, 0]) == 2.0
print("probe:", platform.python_version(), *(packages.version(name) for name in ("tensorflow-cpu", "keras", "tf_keras")))`;

const SAID = /^probe: (\S+) (\S+) (\S+) (\S+)$/m;

const ROW = {
  name: "Python for Keras",
  cost: "Keras programs and notebooks cannot be run; their items stay pending.",
  fix: "npm run setup (needs Python 3.11, 3.12 or 3.13 with pip and venv, Linux on x64; it says what is missing)",
};

/** Imports Keras in a jail, builds a tiny network and lets it predict. */
export async function examinePython(root: string, sandbox: Sandbox): Promise<KindTrial> {
  const python = pythonEnvironment(root);
  if (!python) return { ...ROW, works: false, state: "not set up" };
  const result = await sandbox.run({
    command: [...python.command, "-c", PROBE],
    binds: python.binds,
    files: [],
    env: python.env,
    limits: jailLimits({
      wallMs: 120_000,
      cpuSeconds: 120,
      memoryMb: 2048,
      dataMb: 8192,
      processes: 512,
      openFiles: 1024,
    }),
  });
  const said = SAID.exec(result.stdout);
  if (!said) return { ...ROW, works: false, state: `its probe failed: ${lastWords(result)}` };
  const [, version, tensorflow, keras, tfKeras] = said;
  return {
    ...ROW,
    works: true,
    state: `Python ${version}, TensorFlow ${tensorflow}, Keras ${keras}, tf_keras ${tfKeras}; a tiny network was built and predicted in ${(result.wallMs / 1000).toFixed(1)} s`,
  };
}

const lastWords = ({ ended, stderr }: JailResult): string =>
  stderr.trim().split("\n").at(-1)?.slice(0, 200) || `it ended by ${ended}`;
