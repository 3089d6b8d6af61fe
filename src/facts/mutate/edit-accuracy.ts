import type { Accuracy } from "../../contract/index.js";

type Confusion = Accuracy["confusion"];

/** Answers that have nothing to do with the truth: each row spread evenly over the classes. */
export function atChance(accuracy: Accuracy): Accuracy {
  const classes = accuracy.confusion.length;
  const rows = accuracy.confusion.map((row, truth) => {
    const total = sum(row);
    const share = Math.floor(total / classes);
    const rest = total - share * classes;
    // What does not divide goes to a wrong class, so that chance is never better than chance.
    const wrong = (truth + 1) % classes;
    return row.map((_, guess) => share + (guess === wrong ? rest : 0));
  });
  return counted(accuracy, rows, Math.log(classes));
}

/** The same class for every image, the one that is most frequent. */
export function constant(accuracy: Accuracy): Accuracy {
  const totals = accuracy.confusion.map(sum);
  const largest = totals.indexOf(Math.max(...totals));
  const rows = accuracy.confusion.map((row, truth) =>
    row.map((_, guess) => (guess === largest ? (totals[truth] as number) : 0)),
  );
  return counted(accuracy, rows, 5);
}

/** Every image right. */
export function perfect(accuracy: Accuracy): Accuracy {
  const rows = accuracy.confusion.map((row, truth) =>
    row.map((_, guess) => (guess === truth ? sum(row) : 0)),
  );
  return counted(accuracy, rows, 0.01);
}

/** Halfway between what it was and chance. */
export function halfLost(accuracy: Accuracy): Accuracy {
  const chance = atChance(accuracy).confusion.flat();
  const rows = accuracy.confusion.map((row, truth) => {
    const total = sum(row);
    const kept = row.map((count, guess) =>
      Math.floor((count + (chance[truth * row.length + guess] as number)) / 2),
    );
    const wrong = (truth + 1) % row.length;
    kept[wrong] = (kept[wrong] as number) + total - sum(kept);
    return kept;
  });
  return counted(accuracy, rows, accuracy.logLoss);
}

/** The rarest class never recognised. */
export function withoutOneClass(accuracy: Accuracy): Accuracy {
  const totals = accuracy.confusion.map(sum);
  const rarest = totals.indexOf(Math.min(...totals));
  const other = (rarest + 1) % totals.length;
  const rows = accuracy.confusion.map((row, truth) =>
    truth === rarest ? row.map((_, guess) => (guess === other ? (totals[truth] as number) : 0)) : row,
  );
  return counted(accuracy, rows, accuracy.logLoss);
}

/** Which images are right is no longer known, only how many. */
function counted(
  { right: _, ...accuracy }: Accuracy,
  confusion: Confusion,
  logLoss: number | null,
): Accuracy {
  return {
    ...accuracy,
    confusion,
    correct: sum(confusion.map((row, truth) => row[truth] as number)),
    logLoss: accuracy.logLoss === null ? null : logLoss,
  };
}

const sum = (row: readonly number[]): number => row.reduce((total, count) => total + count, 0);
