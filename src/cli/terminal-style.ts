/** Colour only on a terminal that has it and without NO_COLOR; at most 80 columns. */
export function terminalStyle(stream: NodeJS.WriteStream): { colour: boolean; width: number } {
  const colour = Boolean(stream.isTTY) && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb";
  return { colour, width: Math.min(80, stream.columns ?? 80) };
}
