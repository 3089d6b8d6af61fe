import type { Runtime } from "../../contract/index.js";

/** Whose rules a version of `keras_version` stands for. */
export function runtimeOf(version: string | null): Runtime {
  if (version === null) return "unknown";
  if (/tfjs/.test(version)) return "tfjs";
  const major = Number(/^\d+/.exec(version)?.[0] ?? Number.NaN);
  if (major >= 3) return "keras-3";
  return major > 0 ? "tf-keras-2" : "unknown";
}
