/** Whether this Node runs on glibc, as most Linux systems do; Alpine Linux has musl, other systems neither. */
export function usesGlibc() {
  return process.report.getReport().header.glibcVersionRuntime !== undefined;
}
