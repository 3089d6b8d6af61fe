/** 0 graded, whatever the marks · 1 usage or rubric fault · 2 pending or harness failure · 3 below `--fail-below`. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Sets the code and lets pending output drain, which `process.exit` would cut off. */
export function exitWith(code: ExitCode): void {
  process.exitCode = code;
}
