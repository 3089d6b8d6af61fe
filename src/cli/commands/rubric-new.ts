import { existsSync } from "node:fs";
import { FrostlineFault } from "../../contract/index.js";
import { projectRoot } from "../../harness/project-root.js";
import {
  type RubricAnswers,
  type RubricChoices,
  rubricChoices,
  writeRubric,
} from "../../harness/rubric-new.js";
import { writeAtomic } from "../../harness/write-atomic.js";
import { openAsker } from "../ask.js";
import type { ExitCode } from "../exit.js";

export interface RubricNewOptions {
  like?: string;
  id?: string;
  title?: string;
  dataset?: string;
  base?: string[];
  points?: number;
  accuracy?: number;
  due?: string;
  perDay?: number;
  out?: string;
  store?: string;
  /** Takes the default of everything that no option answers. */
  yes?: boolean;
}

/** `frostline rubric new`. */
export async function rubricNew(options: RubricNewOptions): Promise<ExitCode> {
  const choices = await rubricChoices(projectRoot(), options.store);
  const answers = await answered(options, choices);
  const rubric = writeRubric(choices, answers);
  const out = options.out ?? `${rubric.id}.json`;
  if (existsSync(out)) {
    throw new FrostlineFault("option-invalid", {
      option: "--out",
      found: `\`${out}\`, which exists`,
      expected: "A file that is not there yet",
      hint: "Choose another name, or remove the file first.",
    });
  }
  writeAtomic(out, `${JSON.stringify(rubric, null, 2)}\n`);
  process.stdout.write(
    `Wrote ${out}. Go on with \`frostline rubric check ${out}\` and \`frostline rubric test ${out}\`.\n`,
  );
  return 0;
}

async function answered(options: RubricNewOptions, choices: RubricChoices): Promise<RubricAnswers> {
  const asker = options.yes ? null : openAsker(process.stdin, process.stderr);
  const ask = async (question: string, given: string | undefined, fallback: string): Promise<string> =>
    given ?? (asker ? asker.ask(question, fallback) : fallback);
  try {
    if (asker && options.like === undefined) {
      const lines = choices.ready.map(({ id, title }) => `  ${id}: ${title}\n`);
      process.stderr.write(`Ready rubrics to start from:\n${lines.join("")}`);
    }
    const like = await ask("Which is nearest to your assignment?", options.like, "feature-extraction");
    const ready = choices.ready.find(({ id }) => id === like);
    const id = await ask("Short name, in lower case with hyphens?", options.id, `my-${like}`);
    const title = await ask("Title for students?", options.title, ready?.title ?? id);
    const dataset = await ask(
      `Data set (${choices.datasets.join(", ")})?`,
      options.dataset,
      ready?.data.dataset ?? "",
    );
    const bases = await ask(
      `Bases they may load, separated by commas (${choices.bases.join(", ")})?`,
      options.base?.join(","),
      ready?.data.bases.join(",") ?? "",
    );
    const points = await ask("Points in all?", options.points?.toString(), "20");
    const accuracy = await ask(
      "Accuracy on unseen images that earns its points, 0 to 1 (- keeps that of the ready rubric)?",
      options.accuracy?.toString(),
      "-",
    );
    const due = await ask(
      "When is it due, as 2026-11-20T23:59:00+01:00 (- for no deadline)?",
      options.due,
      "-",
    );
    const perDay =
      due === "-"
        ? "0"
        : await ask(
            "Percent of the points off for each day begun after that?",
            options.perDay?.toString(),
            "10",
          );
    return {
      like,
      id,
      title,
      dataset,
      bases: bases
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
      points: number("Points", points, 0.5, 1000),
      accuracy: accuracy === "-" ? null : number("Accuracy", accuracy, 0, 1),
      late: due === "-" ? null : { due, perDayPercent: number("Percent a day", perDay, 0, 100) },
    };
  } finally {
    asker?.close();
  }
}

function number(what: string, text: string, least: number, most: number): number {
  const value = Number(text.replace(",", "."));
  if (value >= least && value <= most) return value;
  throw new FrostlineFault("option-invalid", {
    option: what,
    found: `\`${text}\``,
    expected: `A number from ${least} to ${most}`,
    hint: "Give such a number.",
  });
}
