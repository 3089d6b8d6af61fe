import { execFileSync } from "node:child_process";
import path from "node:path";
import { ROOT } from "./run-keras.js";

/** What a script prints that imports the runner's own modules, without Keras. */
export function runnerScript(script: string, ...args: readonly string[]): string {
  const env = { PYTHONPATH: path.join(ROOT, "src/kinds/keras/python"), PYTHONDONTWRITEBYTECODE: "1" };
  return execFileSync("/usr/bin/python3", ["-c", script, ...args], { env, encoding: "utf8" }).trim();
}
