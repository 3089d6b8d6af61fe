import { beforeEach, expect, test } from "vitest";
import { describeFault, type Fault } from "../../../src/contract/index.js";
import { pythonIsMissing, runKeras } from "./run-keras.js";

beforeEach((ctx) => {
  const missing = pythonIsMissing();
  if (missing) ctx.skip(missing);
});

const notebook = (...cells: string[]): string =>
  JSON.stringify({ cells: cells.map((source) => ({ cell_type: "code", source })) });

interface Case {
  does: string;
  files: Record<string, string>;
  code: Fault["code"];
  says: RegExp;
}

const MODEL = `import keras, numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
`;

const CASES: Case[] = [
  {
    does: "has a syntax error",
    files: { "main.py": "import keras\nmodel = keras.Sequential([\nprint('x'\n" },
    code: "program-syntax",
    says: /^main\.py, line [23]: '.*' was never closed/,
  },
  {
    does: "imports what is not there",
    files: { "main.py": "import helper", "helper.py": "\nimport torch\n" },
    code: "program-import",
    says: /^`torch` is not available here\. helper\.py, line 2 imports it\./,
  },
  {
    does: "feeds the wrong shape",
    files: { "main.py": `${MODEL}\nmodel.fit(np.zeros((8, 5)), np.zeros(8), verbose=0)` },
    code: "program-shape",
    says: /^main\.py, line 5 gives a layer or a loss a shape that does not fit: .*shape/s,
  },
  {
    does: "needs a file that was not handed in",
    files: { "main.py": "import csv\nrows = list(csv.reader(open('labels.csv')))" },
    code: "program-file",
    says: /^The program needs `labels\.csv`, which is not there \(main\.py, line 2\)\./,
  },
  {
    does: "loads a model that was not handed in",
    files: { "main.py": "import keras\nmodel = keras.models.load_model('best.keras')" },
    code: "program-file",
    says: /^The program needs `best\.keras`, which is not there \(main\.py, line 2\)\./,
  },
  {
    does: "reads images from a folder that was not handed in",
    files: { "main.py": "import keras\nkeras.utils.image_dataset_from_directory('flowers/train')" },
    code: "program-file",
    says: /^The program needs `flowers\/train`, which is not there \(main\.py, line 2\)\./,
  },
  {
    does: "fails in a cell",
    files: { "work.ipynb": notebook("import keras", "!pip install x\n\nundefined_name") },
    code: "program-error",
    says: /work\.ipynb, cell 2, line 3: NameError: name 'undefined_name' is not defined/,
  },
  {
    does: "hides a mistake in a Lambda",
    files: {
      "main.py":
        "import keras\ninputs = keras.Input((8, 8, 3))\nx = keras.layers.Lambda(lambda t: tf.image.resize(t, (16, 16)))(inputs)",
    },
    code: "program-error",
    says: /main\.py, line 3: .*The reason: NameError: name 'tf' is not defined/s,
  },
  {
    does: "asks for a data set that the assignment does not have",
    files: { "main.py": "import keras\n(x, y), test = keras.datasets.cifar10.load_data()" },
    code: "data-not-offered",
    says: /data set cifar10, which this assignment does not offer/,
  },
  {
    does: "asks for a base that the assignment does not have",
    files: { "main.py": "import keras\nkeras.utils.get_file('x.keras', 'https://models.example/x.keras')" },
    code: "base-not-offered",
    says: /the base at https:\/\/models\.example\/x\.keras/,
  },
  {
    does: "trains nothing",
    files: { "main.py": MODEL },
    code: "no-model",
    says: /ended without a trained model/,
  },
  {
    does: "saves two models of which neither is the one fitted last",
    files: {
      "main.py": `import keras, numpy as np
base = keras.layers.Dense(4, trainable=False)
def fitted():
    model = keras.Sequential([keras.Input((4,)), base, keras.layers.Dense(3)])
    model.compile("adam", "mse")
    model.fit(np.zeros((8, 4)), np.zeros((8, 3)), verbose=0)
    return model
first, second, third = fitted(), fitted(), fitted()
first.save("first.keras")
second.save("out/second.h5")`,
    },
    code: "several-models",
    says: /^Several models could be the one to grade: first\.keras, second\.h5\.$/,
  },
  {
    does: "ends itself in the middle of its story",
    files: { "main.py": 'import os\nos.write(6, b\'{"ev": "fitSt\')\nos._exit(0)' },
    code: "result-invalid",
    says: /The last event is cut off/,
  },
  {
    does: "gives numbers for labels to a loss that wants one-hot",
    files: {
      "main.py": `${MODEL}model.compile("adam", "categorical_crossentropy")\nmodel.fit(np.zeros((8, 4)), np.zeros(8))`,
    },
    code: "program-shape",
    says: /^main\.py, line 5 gives .*must have the same (?:rank|shape)/s,
  },
  {
    does: "gives metrics where Keras 3 takes weights of losses",
    files: {
      "main.py": `${MODEL}model.compile("adam", "mse", ["accuracy"])\nmodel.fit(np.zeros((8, 4)), np.zeros((8, 3)))`,
    },
    code: "program-error",
    says: /main\.py, line [45]: /,
  },
  {
    does: "calls what Keras does not have",
    files: { "main.py": "from tensorflow import keras\nx = keras.applications.preprocess_input(1)" },
    code: "program-error",
    says: /main\.py, line 2: AttributeError: .*preprocess_input/,
  },
  {
    does: "makes an array larger than the machine",
    files: { "main.py": "import numpy as np\nx = np.ones((400000, 224, 224, 3))" },
    code: "memory-limit",
    says: /memory, at main\.py, line 2\.$/,
  },
  {
    does: "loads from the network by itself",
    files: { "main.py": "import urllib.request\nurllib.request.urlopen('https://models.example/x')" },
    code: "program-error",
    says: /main\.py, line 2: URLError/,
  },
  {
    does: "dies of its own signal",
    files: { "main.py": "import os\nos.abort()" },
    code: "program-crashed",
    says: /ended by the system/,
  },
];

test.concurrent.each(CASES)("a program that $does is told so", async ({ files, code, says }) => {
  const result = await runKeras(files);
  const why = result.fault ?? (result.models.state === "failed" ? result.models.fault : null);
  if (!why) throw new Error("no fault");
  expect([why.code, describeFault(why).what]).toEqual([code, expect.stringMatching(says)]);
});

test("what is printed is kept within its limit, and the program goes on", async () => {
  const files = {
    "main.py": `for i in range(20000): print("noise " * 10)\n${MODEL}model.fit(np.zeros((8, 4)), np.zeros(8))`,
  };
  const result = await runKeras(files, { limits: { outputKb: 8 } });
  expect(result.fault).toBeNull();
  expect(result.run.output.length).toBe(8192);
  expect(result.run.outputCut).toBe(true);
  expect(result.models.state).toBe("found");
});

test("training that nobody calls is called, and the report says so", async () => {
  const files = {
    "main.py": `${MODEL}\ndef train(epochs=1):\n    model.fit(np.zeros((8, 4)), np.zeros(8), epochs=epochs)\n`,
  };
  const result = await runKeras(files);
  expect(result.run.notes.join("\n")).toContain("it never calls its function train()");
  expect(result.models.state).toBe("found");
});
