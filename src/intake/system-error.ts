/** An error of the operating system, such as a missing permission: neither the submission's fault nor a bug. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
