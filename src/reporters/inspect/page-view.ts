import type { Inspection } from "../../contract/index.js";
import { formatCompact, formatCount, formatNoun } from "../format-figures.js";
import { networkShown } from "../html/network-shown.js";
import { type NetworkView, networkView } from "../network-view.js";
import { distancePicture } from "./distance-picture.js";
import { inputFacts, originFacts, trainingFacts } from "./inspection-facts.js";
import { formatLine, shownFindings, smallNumber, summaryWords, trainableWords } from "./inspection-words.js";
import { layerTable } from "./layer-table.js";

/** Everything the page of one saved model shows; all text is plain, the template escapes it. */
export function pageView(inspection: Inspection) {
  const { layers, weights } = inspection;
  return {
    format: formatLine(inspection),
    name: inspection.name,
    ...trainableWords(inspection, formatCompact),
    summary: summaryWords(inspection),
    share: shareBar(inspection.parameters),
    frozen: formatCount(inspection.parameters.frozen ?? 0),
    trainable: formatCount(inspection.parameters.trainable ?? 0),
    findings: shownFindings(inspection.findings).map((finding) => ({
      ...finding,
      word: finding.level === "warning" ? "Warning" : "Note",
      state: finding.level === "warning" ? "lost" : "none",
    })),
    network: layers.length > 0 ? networkShown(networkWithSlots(inspection)) : null,
    layers: layers.length > 0 ? layerTable(inspection) : null,
    facts: [
      { id: "training", title: "Training", facts: trainingFacts(inspection), picture: null },
      {
        id: "origin",
        title: "Base and head",
        facts: originFacts(inspection),
        picture: distancePicture(inspection),
      },
      { id: "input", title: "Input and output", facts: inputFacts(inspection), picture: null },
    ].filter(({ facts }) => facts.length > 0),
    weights: {
      count: formatCount(weights.length),
      compared: inspection.checkpoint !== null,
      rows: weights.map(weightRow),
    },
    files: inspection.files.map((file) => ({ ...file, bytes: formatCount(file.bytes) })),
    frostline: inspection.frostline,
  };
}

/** Frozen and trainable parameters as two lengths of 100; a share that exists is seen, however small it is. */
function shareBar({ total, frozen }: Inspection["parameters"]): { ice: number; ember: number } | null {
  if (frozen === null || total === 0) return null;
  const ice = Math.round((1000 * frozen) / total) / 10;
  const seen = frozen === 0 ? 0 : frozen === total ? 100 : Math.min(99.5, Math.max(0.5, ice));
  return { ice: seen, ember: Math.round((100 - seen) * 10) / 10 };
}

/** The picture of the reports, with one column more: what the saved optimizer has slots for. */
function networkWithSlots({ network, optimizer, checkpoint }: Inspection): NetworkView {
  const view = networkView(network, []);
  const key = checkpoint
    ? { ...view.key, ...BY_SLOTS }
    : { ice: "frozen by its flags", ember: "trainable by its flags", ...BY_SLOTS };
  if (!optimizer?.trainedWeights) return { ...view, key };
  const rate = optimizer.learningRate === null ? "" : ` ${smallNumber(optimizer.learningRate)}`;
  const steps = optimizer.iterations === null ? [] : [formatNoun(optimizer.iterations, "step")];
  const phase = {
    title: "Optimizer",
    facts: [`${optimizer.class}${rate}`, ...steps],
    moved: null,
    notes: [],
  };
  return {
    ...view,
    key,
    columns: view.columns + 1,
    phases: [{ number: 1, ...phase }],
    rows: view.rows.map((row, index) => {
      const { tensors = 0, trained = 0 } = network.groups[index] ?? {};
      const empty = tensors === 0;
      const open = (trained ?? 0) > 0;
      const word = empty ? "no weights" : open ? "trained by the optimizer" : "not trained by the optimizer";
      return { ...row, cells: [{ open, empty, word }] };
    }),
  };
}

const BY_SLOTS = { open: "trained by the saved optimizer", shut: "not trained by it" };

function weightRow(weight: Inspection["weights"][number]) {
  const { printed, shape, dtype, trainable, sha256, relation, distance } = weight;
  return {
    printed,
    shape: shape.join(" × ") || "one value",
    dtype,
    flag: trainable === null ? "unknown" : trainable ? "trainable" : "frozen",
    side: trainable === null ? "" : trainable ? "ember" : "ice",
    hash: sha256.slice(0, 12),
    sha256,
    checkpoint:
      relation === "none"
        ? ""
        : relation === "identical"
          ? "identical"
          : `${relation}${distance === null ? "" : `, ${smallNumber(distance)}`}`,
  };
}
