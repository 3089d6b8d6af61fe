import { type ClassReport, type ClassRow, fault, type Report } from "../../src/contract/index.js";
import {
  accuracy,
  items,
  network,
  notApplicable,
  phase,
  run,
  scored,
  sumMark,
  ungraded,
} from "./fixture-parts.js";

const HEX = "3b1f0c9a7e5d42868f6e1d2c3b4a59687766554433221100ffeeddccbbaa9988";
const ASSIGNMENT = {
  id: "fine-tuning",
  title: "Fine-tuning on emoji",
  description:
    "Train a head on the frozen base, then open its last two blocks and train on with a small learning rate.",
};
const VERSIONS = [
  { label: "Frostline", value: "0.1.0" },
  { label: "Rubric", value: `fine-tuning@${HEX.slice(0, 12)}` },
  { label: "Data set", value: `emoji@${HEX.slice(12, 24)}` },
  { label: "Base", value: `efficientnet-lite0-stage5@${HEX.slice(24, 36)}` },
];
const PROOF = "135 of 135 tensors above the line identical to EfficientNet-Lite0 (ImageNet)";
const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14];

function report(id: string, more: Partial<Report> & Pick<Report, "items">): Report {
  const name = id.replace(
    /(^|-)(\w)/g,
    (_, dash: string, letter: string) => `${dash && " "}${letter.toUpperCase()}`,
  );
  return {
    audience: "staff",
    assignment: ASSIGNMENT,
    submission: { id, name, kind: "tfjs", entry: "main.js", hash: HEX },
    mark: sumMark(more.items),
    nextStep: "Nothing is left to do: every item is earned.",
    network: network(2, PROOF),
    timeline: [
      phase("Phase 1", [14], "0.001"),
      phase("Phase 2", [11, 12, 14], "0.00001", { epochs: "5 of 5", recompiled: true }),
    ],
    accuracy: null,
    curves: [],
    checks: [],
    run: run(),
    faults: [],
    stamp: null,
    versions: VERSIONS,
    ...more,
  };
}

const CURVES: Report["curves"] = [
  { phase: 0, name: "loss", values: [1.21, 0.93, 0.78, 0.69, 0.62, 0.57, 0.53, 0.5, 0.47, 0.45] },
  { phase: 0, name: "val_loss", values: [1.08, 0.91, 0.82, 0.76, 0.72, 0.69, 0.67, 0.66, 0.65, 0.64] },
  { phase: 0, name: "accuracy", values: [0.41, 0.58, 0.68, 0.72, 0.76, 0.79, 0.8, 0.82, 0.83, 0.84] },
  { phase: 0, name: "val_accuracy", values: [0.52, 0.6, 0.67, 0.69, 0.71, 0.73, 0.75, 0.75, 0.77, 0.77] },
  { phase: 1, name: "loss", values: [0.43, 0.4, 0.37, 0.35, 0.34] },
  { phase: 1, name: "val_loss", values: [0.62, 0.6, 0.59, 0.58, 0.58] },
  { phase: 1, name: "accuracy", values: [0.85, 0.87, 0.89, 0.9, 0.92] },
  { phase: 1, name: "val_accuracy", values: [0.79, 0.79, 0.81, 0.81, 0.81] },
];

const goodAccuracy = scored(1, "0.801: 153 of 191 hidden images, between 0.74 and 0.85.", "At least 0.65.", {
  bar: { on: "heldOut", value: 0.65 },
  details: [{ label: "Hidden images right", value: "153 of 191", origin: "measured" }],
});

export const honest = (): Report =>
  report("ada-lindqvist", {
    items: items({
      "frozen-base": scored(
        1,
        "No weight of the base was trained in the first fit.",
        "All 110 weights of the base frozen in phase 1.",
        {
          proof: "consistent",
          details: [
            { label: "Trained in fit 1", value: "dense_1/kernel, dense_1/bias", origin: "claimed" },
            {
              label: "Tensors identical to the checkpoint",
              value: "135 of 135 above the frost line",
              origin: "parsed",
            },
          ],
        },
      ),
      "learning-rate": scored(
        1,
        "0.001, then 0.00001.",
        "0.0001 to 0.01 in phase 1; at most a tenth of that in phase 2.",
      ),
      "validation-accuracy": goodAccuracy,
      "train-val-gap": scored(
        0.5,
        "0.12 lower on hidden images than on training images.",
        "A gap of at most 0.10.",
        {
          advice: "Add augmentation or a Dropout layer in the head, or stop earlier: watch `val_loss`.",
          details: [
            { label: "Training images right", value: "221 of 241 (0.917)", origin: "measured" },
            { label: "Hidden images right", value: "153 of 191 (0.801)", origin: "measured" },
          ],
        },
      ),
    }),
    nextStep: "Add augmentation: your network is 0.12 better on the images it was trained on.",
    accuracy: accuracy(
      [
        [52, 5, 6],
        [6, 41, 5],
        [9, 7, 60],
      ],
      [0.74, 0.85],
      { claimed: 0.812 },
    ),
    curves: CURVES,
    checks: [
      {
        claim: "The last fit trained 32 weights",
        against: "the optimizer's slots in the saved model",
        result: "agrees",
      },
      { claim: "5 epochs of 8 steps", against: "the optimizer's iteration counter (40)", result: "agrees" },
    ],
  });

export const notFrozen = (id = "bo-tanaka"): Report =>
  report(id, {
    items: items({
      "frozen-base": scored(
        0,
        "All 110 weights of the base were trained in the first fit.",
        "No weight of the base trained in phase 1.",
        {
          advice:
            "In TensorFlow.js `base.trainable = false` does not reach the layers inside a Sequential. Set it on each: `base.layers.forEach((layer) => { layer.trainable = false; })`, then compile and fit again.",
          details: [
            { label: "Weights of the base that changed", value: "165 of 165", origin: "parsed" },
            { label: "Flags declared", value: "base.trainable = false", origin: "claimed" },
            { label: "Optimizer slots", value: "112, of them 110 for the base", origin: "parsed" },
          ],
        },
      ),
      "pretrained-base": scored(
        1,
        "Every tensor is near the checkpoint's: 0.02 relative distance.",
        "The weights of EfficientNet-Lite0.",
      ),
      "unfrozen-layers": scored(0, "All 12 blocks were open in phase 2.", "The last 1 to 3 blocks.", {
        advice: "Freeze all layers first, then open the last two blocks by name.",
      }),
      "validation-accuracy": scored(
        0.6,
        "0.597: 114 of 191 hidden images, between 0.53 and 0.66.",
        "At least 0.65; part of the points from 0.50.",
        {
          advice: "Freeze the base first: it was spoiled by the first epochs.",
          bar: { on: "heldOut", value: 0.65 },
        },
      ),
    }),
    nextStep: "Freeze the layers of the base one by one before you compile: all of them were trained.",
    network: {
      ...network(12, null),
      caption: "EfficientNet-Lite0 up to the end of stage 5. Every block was trained.",
    },
    timeline: [
      phase("Phase 1", ALL, "0.001"),
      phase("Phase 2", ALL, "0.00001", { recompiled: true, epochs: "5 of 5" }),
    ],
    accuracy: accuracy(
      [
        [38, 13, 12],
        [14, 29, 9],
        [16, 13, 47],
      ],
      [0.53, 0.66],
      { claimed: 0.604 },
    ),
    curves: CURVES,
    checks: [
      {
        claim: "The base is frozen",
        against: "110 slots of the optimizer for weights of the base",
        result: "contradicts",
      },
    ],
  });

const rateTooHigh = (): Report =>
  report("chidi-okafor", {
    items: items({
      "learning-rate": scored(
        0.5,
        "0.001 in phase 1 and 0.1 in phase 2: 100 times more.",
        "At most a tenth of phase 1 in phase 2.",
        {
          advice: "Compile again with `tf.train.adam(1e-5)` before the second fit.",
          proof: "proved",
          details: [
            { label: "Largest change of a weight", value: "3.9 in 40 steps", origin: "parsed" },
            { label: "Rate in the saved optimizer", value: "0.1", origin: "parsed" },
          ],
        },
      ),
      "validation-accuracy": scored(
        0,
        "0.330: 63 of 191 hidden images, between 0.27 and 0.40.",
        "At least 0.65; part of the points from 0.50.",
        {
          advice: "Lower the learning rate of phase 2: the loss rose from 0.45 to 4.1 in its first epoch.",
          bar: { on: "heldOut", value: 0.65 },
        },
      ),
      "train-val-gap": notApplicable(
        "The network is no better than chance on training images, so a gap says nothing.",
      ),
    }),
    nextStep: "Lower the learning rate of phase 2 from 0.1 to 0.00001.",
    timeline: [
      phase("Phase 1", [14], "0.001"),
      phase("Phase 2", [11, 12, 14], "0.1", { epochs: "5 of 5", recompiled: true }),
    ],
    accuracy: accuracy(
      [
        [63, 0, 0],
        [52, 0, 0],
        [76, 0, 0],
      ],
      [0.27, 0.4],
      { training: { n: 241, correct: 79 } },
    ),
    curves: [
      ...CURVES.slice(0, 4),
      { phase: 1, name: "loss", values: [4.1, 212.4, 880, Number.NaN, Number.NaN] },
      { phase: 1, name: "val_loss", values: [61, 401, 2044, Number.NaN, Number.NaN] },
    ],
  });

const prediction = fault("prediction-shape", { found: 1000, expected: 3, classes: "animals, food, travel" });

const wrongUnits = (): Report =>
  report("dana-haddad", {
    items: items({
      "new-head": scored(
        0,
        "The last layer has 1000 units.",
        "3 units, one a class (animals, food, travel).",
        {
          advice: "End the head with `tf.layers.dense({ units: 3, activation: 'softmax' })`.",
        },
      ),
      "validation-accuracy": scored(
        0,
        "The model gives 1000 values an image.",
        "3 values, one a class (animals, food, travel).",
        {
          advice: "End the head with a layer of 3 units.",
        },
      ),
      "train-val-gap": scored(
        0,
        "The model gives 1000 values an image.",
        "3 values, one a class (animals, food, travel).",
        {
          advice: "End the head with a layer of 3 units.",
        },
      ),
    }),
    nextStep: "Give the last layer 3 units, one for each class.",
    faults: [prediction],
  });

function stopped(
  id: string,
  cause: Report["faults"][number],
  found: string,
  expected: string,
  advice: string,
  more: Partial<Report>,
): Report {
  const zero = scored(0, found, expected, { advice });
  const names = [
    "frozen-base",
    "pretrained-base",
    "new-head",
    "learning-rate",
    "unfrozen-layers",
    "recompiled",
    "loss-function",
    "training-happened",
    "validation-accuracy",
    "train-val-gap",
  ];
  return report(id, {
    items: items(Object.fromEntries(names.map((name) => [name, zero]))),
    nextStep: advice,
    network: null,
    timeline: [],
    faults: [cause],
    ...more,
  });
}

export const crashed = (): Report =>
  stopped(
    "emil-novak",
    fault("program-error", {
      file: "main.js",
      line: 31,
      message: "Cannot read properties of undefined (reading 'layers')",
    }),
    "The program stopped with an error at main.js, line 31: Cannot read properties of undefined (reading 'layers')",
    "A program that runs to its end.",
    "Correct the error; the line is in your own file.",
    {
      run: run({
        ended: "exited with code 1",
        wallMs: 1_840,
        cpuMs: 2_010,
        output: "TypeError: Cannot read properties of undefined (reading 'layers')\n    at main.js:31:18\n",
      }),
    },
  );

const endless = (): Report =>
  stopped(
    "fatima-rossi",
    fault("time-limit", { seconds: 45.2, limit: 45, where: "" }),
    "The program was stopped after 45.2 seconds.",
    "A run within 45 seconds.",
    "Train for fewer epochs, compute the features of the frozen base once, and check that no loop runs for ever.",
    {
      run: run({
        ended: "time-limit",
        wallMs: 45_230,
        cpuMs: 44_800,
        output: "epoch 1\nepoch 2\nepoch 3\n",
        outputCut: true,
      }),
    },
  );

const broken = fault("sandbox-failed", {
  reason: "the jail's first process ended before it reported its number",
});

export const pending = (): Report => {
  const graders = [
    "frozen-base",
    "pretrained-base",
    "new-head",
    "learning-rate",
    "unfrozen-layers",
    "recompiled",
    "loss-function",
    "training-happened",
    "validation-accuracy",
    "train-val-gap",
  ];
  return report("gita-larsen", {
    items: items(
      Object.fromEntries(
        graders.map((g) => [g, ungraded("The program was not run, so this could not be decided.", broken)]),
      ),
    ),
    nextStep: "Nothing: the grading machine failed, and your submission will be graded again.",
    network: null,
    timeline: [],
    run: null,
    faults: [broken],
  });
};

const randomBase = (): Report =>
  report("hugo-mendes", {
    items: items({
      "pretrained-base": scored(
        0,
        "No tensor of the base is in the checkpoint; BatchNorm statistics are those of a new layer (0 and 1).",
        "The weights of EfficientNet-Lite0.",
        {
          advice: "Load the base with `tf.loadLayersModel(...)` instead of building its layers yourself.",
          details: [
            {
              label: "Tensors compared",
              value: "165, of them 0 identical and 165 unrelated",
              origin: "parsed",
            },
          ],
        },
      ),
      "validation-accuracy": scored(
        0,
        "0.476: 91 of 191 hidden images, between 0.41 and 0.55.",
        "At least 0.65; part of the points from 0.50.",
        {
          advice: "Start from the pretrained base: random features carry little.",
          bar: { on: "heldOut", value: 0.65 },
        },
      ),
    }),
    nextStep: "Load the pretrained weights: your base is random.",
    network: { ...network(0, null), caption: "The layers of EfficientNet-Lite0, but with random weights." },
    accuracy: accuracy(
      [
        [30, 16, 17],
        [17, 22, 13],
        [22, 15, 39],
      ],
      [0.41, 0.55],
    ),
  });

const claimsTooMuch = (): Report =>
  report("ines-costa", {
    items: items({
      "training-happened": scored(
        0,
        "The optimizer counts 0 steps and no weight of the head moved.",
        "At least 1 epoch of training.",
        {
          advice: "Call `await model.fit(...)` before you save.",
          proof: "contradicted",
        },
      ),
      "validation-accuracy": scored(
        0,
        "0.314: 60 of 191 hidden images, between 0.25 and 0.38.",
        "At least 0.65; part of the points from 0.50.",
        {
          advice: "Train the head: it still holds its first random values.",
          bar: { on: "heldOut", value: 0.65 },
        },
      ),
    }),
    nextStep: "Call `await model.fit(...)`: the head was never trained.",
    timeline: [],
    accuracy: accuracy(
      [
        [12, 31, 20],
        [9, 27, 16],
        [15, 40, 21],
      ],
      [0.25, 0.38],
      { claimed: 0.99, training: { n: 241, correct: 77 } },
    ),
    checks: [
      { claim: "Accuracy 0.99 (results.json)", against: "0.314 on 191 hidden images", result: "contradicts" },
    ],
  });

/** The student's view of a report, as the harness would cut it. */
export const asStudent = (staff: Report): Report => ({ ...staff, audience: "student" });

export const row = (staff: Report): ClassRow => {
  const { id } = staff.submission;
  return {
    report: staff,
    student: asStudent(staff),
    staffPage: `staff/${id}.html`,
    studentPage: `student/${id}.html`,
  };
};

export const classOf = (reports: readonly Report[], more: Partial<ClassReport> = {}): ClassReport => ({
  assignment: ASSIGNMENT,
  rows: reports.map(row),
  versions: VERSIONS,
  stamp: null,
  ...more,
});

/** Ten students with believable variety, two with the same mistake. */
export const sampleReports = (): Report[] => [
  honest(),
  notFrozen(),
  rateTooHigh(),
  wrongUnits(),
  crashed(),
  endless(),
  pending(),
  randomBase(),
  claimsTooMuch(),
  notFrozen("jonas-weber"),
];

export const sampleClass = (): ClassReport => classOf(sampleReports());

/** `size` students made from the sample ones. */
export function largeClass(size: number): ClassReport {
  const samples = sampleReports();
  const reports = Array.from({ length: size }, (_, index) => {
    const staff = samples[index % samples.length] ?? honest();
    const id = `${staff.submission.id}-${String(index).padStart(3, "0")}`;
    return { ...staff, submission: { ...staff.submission, id, name: id } };
  });
  return classOf(reports);
}
