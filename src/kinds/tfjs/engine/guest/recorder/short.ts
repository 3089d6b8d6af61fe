/** Text that fits into an event. */
export function short(text: unknown, length = 500): string {
  return String(text).slice(0, length);
}
