import type { InspectionFinding } from "../../contract/index.js";
import { plural } from "../../facts/index.js";
import { baseFindings } from "./base-findings.js";
import { lossFindings } from "./loss-findings.js";
import type { ObservedModel } from "./observed-model.js";
import { readerFindings } from "./reader-findings.js";
import { trainingFindings } from "./training-findings.js";

/** Everything a reader of the file should know, warnings first. */
export function modelFindings(model: ObservedModel): InspectionFinding[] {
  const all = [
    ...readerFindings(model.structure.findings),
    ...trainingFindings(model),
    ...baseFindings(model),
    ...lossFindings(model.structure),
    ...quantised(model),
  ];
  return [...all.filter(({ level }) => level === "warning"), ...all.filter(({ level }) => level === "note")];
}

function quantised({ weights: { tensors } }: ObservedModel): InspectionFinding[] {
  const count = tensors.filter((tensor) => tensor.quantised).length;
  if (count === 0) return [];
  const detail = `${count} of ${plural(tensors.length, "tensor")} are stored with fewer than 32 bits a value: they can be near a checkpoint, but not equal to it.`;
  return [{ code: "quantised", level: "note", layer: "", detail, advice: "" }];
}
