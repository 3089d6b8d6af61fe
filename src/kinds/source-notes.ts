const RATE =
  /\b(?:learning_rate|learningRate|lr)\s*[=:]\s*([\d.]+(?:e-?\d+)?)|\btrain\.\w+\(\s*([\d.]+(?:e-?\d+)?)/gi;
const COMMENT = /#.*$|(?<!:)\/\/.*$/gm;

/** What a program says of its training, in a sentence, read and not executed: advice for a person, never points. */
export function sourceNotes(source: string): string[] {
  const code = source.replace(COMMENT, "");
  const count = (pattern: RegExp): number => [...code.matchAll(pattern)].length;
  const rates = [...code.matchAll(RATE)].flatMap((match) => match[1] ?? match[2] ?? []);
  const fits = count(/\.fit(?:Dataset|_generator)?\s*\(/g);
  const compiles = count(/\.compile\s*\(/g);
  const flags = count(/\.trainable\s*=(?!=)/g);
  const written =
    rates.length > 0 ? `the learning rates ${[...new Set(rates)].join(", ")}` : "no learning rate";
  return [
    `By its source alone, the program calls \`compile\` in ${places(compiles)} and \`fit\` in ${places(fits)}, sets \`trainable\` in ${places(flags)}, and writes ${written}.`,
  ];
}

const places = (count: number): string => (count === 1 ? "1 place" : `${count} places`);
