import type { Verdict } from "../../src/contract/index.js";
import { type ByteComparison, listed, openedLayers, plural, ramp } from "../../src/facts/index.js";
import { parsed, scored, undecided } from "../verdicts.js";
import { freezingLine, type Question } from "./question.js";

/** Without a record of training: bytes, the optimizer's slots and the saved flags. */
export function byFlags(question: Question, bytes: ByteComparison | null): Verdict {
  const { weights, layers, options, optimizer } = question;
  if (bytes) {
    if (options.phase === "all")
      return open(question, "the weights differ from the checkpoint", bytes.moved, true);
    return undecided(
      `${plural(bytes.moved.length, "tensor")} of the base differ from the checkpoint. Later fine-tuning does that too, and there is no record of when it happened.`,
    );
  }
  const slots = optimizer?.trained;
  if (slots) {
    const trained = weights.tensors.filter((tensor) => slots.includes(tensor.path));
    return open(question, "the saved optimizer has slots for them", trained, false);
  }
  const flags = layers.flatMap((layer) => layer.tensors);
  if (flags.some((tensor) => tensor.trainable === null)) {
    return undecided(
      "The file keeps no flags, no optimizer and no known base: nothing shows what was frozen.",
    );
  }
  return open(
    question,
    "their flags are set to trainable",
    flags.filter((tensor) => tensor.trainable),
    false,
  );
}

function open(
  { layers, expected, structure, options }: Question,
  how: string,
  tensors: Question["weights"]["tensors"],
  proved: boolean,
): Verdict {
  const opened = openedLayers(layers, tensors);
  if (opened.length === 0) {
    return scored({
      score: 1,
      found: "Nothing in the file says that a layer of the base was trained.",
      expected,
      proof: "claimed",
    });
  }
  return scored({
    score: ramp(1 - opened.length / layers.length, options.partialFrom, 1),
    found: `${opened.length} of ${plural(layers.length, "layer")} of the base were trained: ${how}.`,
    expected,
    advice: `Freeze the base before you compile: \`${freezingLine(structure.runtime)}\`, then compile and fit again.`,
    proof: proved ? "proved" : "claimed",
    details: [
      parsed(
        "Open layers",
        listed(
          opened.map((layer) => layer.name),
          8,
        ),
      ),
    ],
  });
}
