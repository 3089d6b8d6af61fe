import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalText } from "../contract/index.js";
import type { Assignment } from "../kinds/kind.js";
import { sha256 } from "./sha256.js";

/** Hash of the program parts that decide evidence, so that a changed runner or a changed derivation is never mixed with old results. */
export function runnerVersion(root: string): string {
  const parts = ["dist/engine", "dist/src/facts", "dist/src/kinds", "dist/src/models"];
  const files = parts.flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(m?js|wasm|py|txt)$/.test(file))
      .sort()
      .map((file) => [part, file, sha256(readFileSync(join(root, part, file)))]),
  );
  return sha256(JSON.stringify(files));
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
