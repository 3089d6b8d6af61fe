import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalText } from "../contract/index.js";
import type { Assignment } from "../kinds/kind.js";
import { sha256 } from "./sha256.js";

/** Rooms that decide evidence as a whole; what `contract/` says of shapes and in words decides none. */
const ROOMS = ["engine", "src/facts", "src/intake", "src/kinds", "src/models", "src/sandbox", "src/store"];

/** The harness's own steps from a submission to its evidence. */
const STEPS = [
  "base-maps",
  "baselines",
  "drawn",
  "expected-preprocessing",
  "keep-objects",
  "leakage",
  "observe",
  "predict-splits",
  "recognise",
  "run-to-depth",
  "shuffled",
  "step-by-answers",
];

/** Hash of the program parts that decide evidence, so that a changed runner or a changed derivation is never mixed with old results. */
export function runnerVersion(root: string): string {
  const dist = join(root, "dist");
  const files = [
    ...ROOMS.flatMap((room) =>
      readdirSync(join(dist, room), { recursive: true, encoding: "utf8" })
        .filter((file) => /\.(m?js|wasm|py|txt)$/.test(file))
        .sort()
        .map((file) => join(room, file)),
    ),
    ...STEPS.map((step) => join("src/harness", `${step}.js`)),
  ];
  return sha256(JSON.stringify(files.map((file) => [file, sha256(readFileSync(join(dist, file)))])));
}

export interface KeyParts {
  submission: string;
  assignment: Assignment;
  runner: string;
  isolation: string;
  backend: string;
  /** Which split stands in for the hidden images. */
  heldOutSplit: string;
}

/** Content address of a submission's evidence: the same key means the same result. */
export function evidenceKey(parts: KeyParts): string {
  const { assignment } = parts;
  const text = canonicalText({
    submission: parts.submission,
    dataset: assignment.dataset.ref,
    bases: assignment.bases.map((base) => base.ref),
    imageSize: assignment.imageSize,
    limits: assignment.limits,
    run: assignment.run,
    runner: parts.runner,
    isolation: parts.isolation,
    backend: parts.backend,
    heldOutSplit: parts.heldOutSplit,
  });
  return sha256(text);
}
