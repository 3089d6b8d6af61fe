import type { InspectionFinding } from "../../contract/index.js";
import {
  type BaseLayer,
  baseLayers,
  compareBytes,
  inLanguage,
  isMovingStatistic,
  listed,
  openedLayers,
  plural,
} from "../../facts/index.js";
import { flaggedWeights, type ObservedModel, slottedWeights } from "./observed-model.js";
import { rateFinding } from "./training-findings.js";

/** What is to be said of the base: where its weights come from, and what of it was open. */
export function baseFindings(model: ObservedModel): InspectionFinding[] {
  const { structure, weights } = model;
  if (!structure.base) return [];
  const layers = baseLayers(structure, weights);
  return [...origin(model), ...openness(model, layers), ...againstCheckpoint(model), ...largeHead(model)];
}

function origin({ weights, structure }: ObservedModel): InspectionFinding[] {
  if (weights.randomBase === null) return [];
  const line = inLanguage(structure.runtime, "tf.loadLayersModel(url)", "weights='imagenet'");
  const advice = `Load the base with its published weights, for example with \`${line}\`, and build the model on that object.`;
  return [{ code: "random-base", level: "warning", layer: "", detail: weights.randomBase, advice }];
}

function openness(model: ObservedModel, layers: readonly BaseLayer[]): InspectionFinding[] {
  const { structure, weights, optimizer } = model;
  const flagged = flaggedWeights(weights);
  // A base that was never compiled, such as a published one, is open because nobody has frozen it yet.
  if (!optimizer || layers.length === 0) return [];
  const trained = openedLayers(layers, slottedWeights(model) ?? flagged ?? []);
  const open = openedLayers(layers, flagged ?? []);
  const findings = weights.randomBase === null ? rateFinding(model, trained.length, layers.length) : [];
  const part = structure.layers.filter((layer) => layer.part === "base");
  const openFlags = part.filter((layer) => layer.effective === true);
  if (flagged && open.length === 0 && openFlags.length > 0 && openFlags.length < part.length)
    findings.push({
      code: "opened-without-weights",
      level: "warning",
      layer: "",
      detail: `${plural(openFlags.length, "layer")} of the base are open (${names(openFlags)}), but none of them has weights to train: nothing of the base can be fine-tuned.`,
      advice:
        "Count from further down: the last entries of `base.layers` are often activations and additions.",
    });
  const normalising = open.filter((layer) => layer.normalisation);
  if (normalising.length > 0 && open.length < layers.length)
    findings.push({
      code: "normalisation-open",
      level: "note",
      layer: "",
      detail: `${plural(normalising.length, "normalisation layer")} of the base ${
        normalising.length === 1
          ? "is open: while it is trained, its statistics move too"
          : "are open: while they are trained, their statistics move too"
      } (${names(normalising)}).`,
      advice:
        "Where an assignment asks for frozen ones, set their `trainable` to false after you opened the others.",
    });
  return findings;
}

function againstCheckpoint({ structure, weights }: ObservedModel): InspectionFinding[] {
  const bytes = compareBytes(structure, weights);
  if (!bytes || !weights.checkpoint) return [];
  const findings: InspectionFinding[] = [];
  const { title, unrelated } = weights.checkpoint;
  const changed = bytes.moved.filter(
    ({ trainable, slot, relation }) =>
      trainable === false && relation === "changed" && !isMovingStatistic(slot),
  );
  if (changed.length > 0)
    findings.push({
      code: "frozen-but-changed",
      level: "note",
      layer: "",
      detail: `${plural(changed.length, "weight")} of the base ${changed.length === 1 ? "is" : "are"} frozen by the flags and yet differ from ${title} (${listed(changed.map(({ printed }) => printed))}): trained earlier, or the flags were set too late.`,
      advice: "",
    });
  if (bytes.excused.length > 0)
    findings.push({
      code: "statistics-drifted",
      level: "note",
      layer: "",
      detail: `${plural(bytes.excused.length, "moving statistic")} of BatchNormalization drifted, as TensorFlow.js lets them even in frozen layers.`,
      advice: "",
    });
  if (unrelated > 0)
    findings.push({
      code: "unrelated-to-checkpoint",
      level: "warning",
      layer: "",
      detail: `${plural(unrelated, "tensor")} at places of ${title} have nothing of it.`,
      advice:
        "Build the model on the loaded base itself. A learning rate far too high also wipes weights out.",
    });
  return findings;
}

function largeHead({ structure: { head, base } }: ObservedModel): InspectionFinding[] {
  if (head.pooling !== "flatten" || head.parameters <= (base?.parameters ?? 0)) return [];
  const detail = `The head flattens feature maps and has more parameters than the base (${head.parameters} against ${base?.parameters ?? 0}).`;
  const advice = "Global average pooling instead of Flatten saves most of them.";
  return [{ code: "large-head", level: "note", layer: "", detail, advice }];
}

const names = (layers: readonly { name: string }[]): string => listed(layers.map(({ name }) => name));
