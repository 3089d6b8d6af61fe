import { parseUntrustedJson } from "../bytes/parse-untrusted-json.js";
import type { JsonObject } from "../json-access.js";

const MAX_BYTES = 32 * 1024 * 1024;

/**
 * The `model.json` of a TensorFlow.js model.
 * @throws ModelProblem `model-unreadable`
 */
export const parseDescription = (bytes: Uint8Array, file: string): JsonObject =>
  parseUntrustedJson(bytes, MAX_BYTES, file, "its text");
