import { createInterface } from "node:readline";

/** Asks one question after the other on a pair of streams; an empty answer or the end of input takes the default. */
export interface Asker {
  ask(question: string, fallback: string): Promise<string>;
  close(): void;
}

export function openAsker(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Asker {
  const reader = createInterface({ input });
  const lines = reader[Symbol.asyncIterator]();
  return {
    async ask(question, fallback) {
      output.write(`${question} [${fallback}] `);
      const { value, done } = await lines.next();
      const answer = done ? "" : String(value).trim();
      if (done) output.write("\n");
      return answer === "" ? fallback : answer;
    },
    close: () => reader.close(),
  };
}
