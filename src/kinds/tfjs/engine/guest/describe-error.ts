const MAX_MESSAGE = 4000;
const MAX_STACK = 20_000;

export interface DescribedError {
  name: string;
  message: string;
  stack: string;
}

/** Name, message and stack of anything that can be thrown. Runs in the isolate, under its time limit: getters may loop. */
export function describeError(thrown: unknown): DescribedError {
  try {
    if (thrown instanceof Error) {
      const { name, message, stack } = thrown;
      return {
        name: text(name, 200),
        message: text(message, MAX_MESSAGE),
        stack: text(stack ?? "", MAX_STACK),
      };
    }
    const shown = typeof thrown === "object" && thrown !== null ? "an object" : text(thrown, MAX_MESSAGE);
    return { name: "Error", message: `Something that is not an Error was thrown: ${shown}`, stack: "" };
  } catch {
    return { name: "Error", message: "Something was thrown that cannot be described.", stack: "" };
  }
}

function text(value: unknown, length: number): string {
  return String(value).slice(0, length);
}
