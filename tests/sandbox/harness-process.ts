import { fileURLToPath } from "node:url";
import { execa } from "execa";
import type { JailLimits } from "../../src/sandbox/index.js";
import type { JailLayers } from "../../src/sandbox/layers.js";

const HARNESS = fileURLToPath(new URL("./harness.mjs", import.meta.url));

export interface HarnessOptions {
  layers?: Partial<JailLayers>;
  limits?: Partial<JailLimits>;
  mark?: string;
  lostTime?: string;
}

/** Starts a harness as a process of its own, through a shell line in which `"$@"` stands for it. */
export function startHarness(shellLine: string, program: string, options: HarnessOptions = {}) {
  const command = [process.execPath, HARNESS, program, JSON.stringify(options)];
  return execa("/bin/bash", ["-c", shellLine, "harness", ...command], { stdin: "ignore", reject: false });
}
