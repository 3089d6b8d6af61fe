// The lesson's VGG16 program: `python main.py` without its fits, against Frostline in the structure depth, from the
// command to stored evidence; then two of them side by side. Fastest of three, taken in turn.
// And a head that is trained on a frozen VGG16 for ten epochs: `python main.py` against Frostline.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const native = path.join(root, ".cache/native");
const { python } = JSON.parse(readFileSync(path.join(native, "manifest.json"), "utf8"));
const folder = mkdtempSync(path.join(tmpdir(), "frostline-bench-"));
const ROUNDS = 3;

const program = (fit) => `import numpy as np
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense, Flatten
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import Adam

x_train, y_train = np.zeros((32, 224, 224, 3), "float32"), np.eye(3)[np.arange(32) % 3]
base_model = VGG16(weights=${fit ? '"imagenet"' : "None"}, include_top=False, input_shape=(224, 224, 3))
base_model.trainable = False
model = Sequential([base_model, Flatten(), Dense(256, activation="relu"), Dense(3, activation="softmax")])
model.compile(optimizer=Adam(), loss="categorical_crossentropy", metrics=["accuracy"])
${fit ? "model.fit(x_train, y_train, epochs=10)" : ""}
base_model.trainable = True
for layer in base_model.layers[:-4]:
    layer.trainable = False
model.compile(optimizer=Adam(learning_rate=1e-5), loss="categorical_crossentropy", metrics=["accuracy"])
${fit ? "model.fit(x_train, y_train, epochs=5)" : ""}
model.save("model.keras")
`;

const extraction = `import numpy as np
from tensorflow.keras import Input, Sequential
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense, GlobalAveragePooling2D, Rescaling

seen = np.random.default_rng(0)
x_train, y_train = seen.integers(0, 256, (200, 64, 64, 3)).astype("float32"), seen.integers(0, 3, 200)
base_model = VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
base_model.trainable = False
model = Sequential([Input((64, 64, 3)), Rescaling(1 / 255), base_model, GlobalAveragePooling2D(), Dense(3, activation="softmax")])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=10)
model.save("model.keras")
`;

const rubric = {
  id: "bench",
  title: "Bench",
  data: { dataset: "emoji", bases: [], imageSize: 224 },
  limits: { seconds: 300 },
  items: [{ grader: "new-head", points: 1 }],
};

function timed(command, args, options) {
  const started = performance.now();
  const run = spawnSync(command, args, { encoding: "utf8", ...options });
  return { ms: performance.now() - started, run };
}

function plain(source) {
  const work = path.join(folder, "plain");
  mkdirSync(work, { recursive: true });
  writeFileSync(path.join(work, "main.py"), source);
  const threads = { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1", OMP_NUM_THREADS: "1" };
  const { ms, run } = timed(path.join(native, python.bin), ["main.py"], {
    cwd: work,
    env: { PATH: process.env.PATH, TF_CPP_MIN_LOG_LEVEL: "3", ...threads },
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return ms;
}

/** Wall time of the whole command, and the sum of the peaks of memory, megabytes. */
function graded(students, source, depth = "structure") {
  const out = path.join(folder, "out");
  const place = path.join(folder, "class");
  for (const part of [out, place]) rmSync(part, { recursive: true, force: true });
  for (const name of students) {
    mkdirSync(path.join(place, name), { recursive: true });
    // Different bytes, so that neither is taken for the other.
    writeFileSync(path.join(place, name, "main.py"), `# ${name}\n${source}`);
  }
  writeFileSync(path.join(folder, "bench.json"), JSON.stringify({ ...rubric, run: { depth } }));
  const args = ["grade", place, "--rubric", path.join(folder, "bench.json"), "--out", out, "--jobs", "2"];
  const { ms, run } = timed(process.execPath, [path.join(root, "bin/frostline.mjs"), ...args], {
    env: { ...process.env, CI: "true" },
  });
  const runs = readdirSync(path.join(out, "evidence")).map(
    (file) => JSON.parse(readFileSync(path.join(out, "evidence", file), "utf8")).items.run.value,
  );
  if (runs.length !== students.length || runs.some(({ ended }) => ended !== "exited"))
    throw new Error(`${run.stdout}${run.stderr}`);
  return { ms, jailMs: runs[0].wallMs, memoryMb: runs.reduce((sum, one) => sum + one.peakMemoryMb, 0) };
}

try {
  const direct = [];
  const frostline = [];
  for (let round = 0; round < ROUNDS; round++) {
    direct.push(plain(program(false)));
    frostline.push(graded(["ana"], program(true)));
  }
  const least = Math.min(...direct);
  const best = frostline.toSorted((a, b) => a.ms - b.ms)[0];
  const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
  console.log(`python main.py without its fits     ${seconds(least)}`);
  console.log(
    `structure depth, jail alone         ${seconds(best.jailMs)}   ${(best.jailMs / least).toFixed(2)} times`,
  );
  console.log(
    `structure depth, command to evidence ${seconds(best.ms)}   ${(best.ms / least).toFixed(2)} times   aim: 1.5`,
  );
  const two = graded(["ana", "ben"], program(true));
  console.log(
    `two side by side                    ${seconds(two.ms)}   ${two.memoryMb} MB at their peaks   aim: under 6144`,
  );
  const trained = plain(extraction);
  const alone = graded(["ana"], extraction, "train");
  const times = (ms) => `${(trained / ms).toFixed(1)} times as fast`;
  console.log(`ten epochs on a frozen base         ${seconds(trained)}`);
  console.log(`the same, jail alone                ${seconds(alone.jailMs)}   ${times(alone.jailMs)}`);
  console.log(
    `the same, command to evidence       ${seconds(alone.ms)}   ${times(alone.ms)}, predictions of other images included`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
