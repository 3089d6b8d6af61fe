import type { RunSettings } from "../../contract/index.js";

/** Which Keras a program is run under, and why. */
export interface KerasChoice {
  version: 2 | 3;
  why: string;
}

/** A program that says these wants tf.keras 2, whatever else it uses. */
const ASKS_FOR_2 = /TF_USE_LEGACY_KERAS|\btf_keras\b/;

/** What Keras 3 refuses or silently ignores, by the name a student knows it by. */
const ONLY_2: readonly [RegExp, string][] = [
  [/\b(?:fit|predict|evaluate)_generator\s*\(/, "`fit_generator`"],
  [/\b(?:Adam|SGD|RMSprop|Adagrad|Adadelta|Adamax|Nadam|Ftrl)\w*\([^)]*\blr\s*=/, "`lr=`"],
  [/\bdecay\s*=\s*[\d.]/, "`decay=`"],
  [/optimizer\.lr\b/, "`optimizer.lr`"],
  [/\b(?:use_multiprocessing|max_queue_size)\s*=/, "`use_multiprocessing=`"],
  [/\bworkers\s*=\s*\d/, "`workers=`"],
  [/np_utils\b/, "`np_utils`"],
  [/\blearning_phase\b/, "`learning_phase`"],
  [
    /keras\.(?:engine|layers\.(?:core|convolutional|normalization|advanced_activations|pooling|merge))\b/,
    "a module path of Keras 2",
  ],
  [/layers\.experimental|optimizers\.(?:experimental|legacy)\b|\.dtensor\b/, "an experimental namespace"],
  [/keras\.wrappers\.scikit/, "`keras.wrappers`"],
  [
    /^\s*from keras\.preprocessing(?:\.image)? import .*(?:ImageDataGenerator|image\b)/m,
    "`keras.preprocessing.image`",
  ],
  [/\bsave_format\s*=/, "`save_format=`"],
  [/ModelCheckpoint\([^)]*\bperiod\s*=/, "`period=`"],
  [/ModelCheckpoint\(\s*(?:filepath\s*=\s*)?['"][^'"]*\/['"]/, "a SavedModel checkpoint"],
  [/\.save\(\s*['"][^'".]*['"]\s*\)/, "saving to a folder"],
];

/** What only Keras 3 has. */
const ONLY_3 =
  /\bkeras\.(?:ops|saving|Variable|tree|random|distribution)\b|from keras import .*\bops\b|KERAS_BACKEND|PyDataset|\.weights\.h5|\.keras['"]/;

/**
 * What the assignment fixes; else from the source: Keras 3, as students install it today, unless the program was
 * written for tf.keras 2.
 */
export function chooseKeras(source: string, fixed: RunSettings["keras"] = "auto"): KerasChoice {
  if (fixed !== "auto") return { version: fixed === "2" ? 2 : 3, why: "the assignment fixes it" };
  const code = source.replace(/#.*$/gm, "");
  if (ASKS_FOR_2.test(code)) return { version: 2, why: "the program asks for it" };
  const old = ONLY_2.filter(([mark]) => mark.test(code)).map(([, name]) => name);
  if (old.length > 0 && !ONLY_3.test(code))
    return { version: 2, why: `the program uses ${old.slice(0, 3).join(", ")}, which Keras 3 does not know` };
  return { version: 3, why: "nothing in the program asks for another" };
}

/** How many fits and loops of its own the source seems to hold, so that the first does not take all the time. */
export function countFits(source: string): number {
  const code = source.replace(/#.*$/gm, "");
  return Math.max(
    1,
    [
      ...code.matchAll(
        /(?:\.(?:fit(?:_generator)?|train_on_batch)|(?<!self\.optimizer)\.apply_gradients)\s*\(/g,
      ),
    ].length,
  );
}
