import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { FrostlineFault, Limits, parse, parseJson, Rubric, RunSettings } from "../contract/index.js";
import type { Assignment } from "../kinds/kind.js";
import type { Store } from "../store/index.js";

/**
 * Reads a rubric by file path, or by the id of one that comes with Frostline.
 * @throws FrostlineFault `file-missing`, `json-unreadable` or `json-invalid`.
 */
export async function readRubric(root: string, rubric: string): Promise<Rubric> {
  const own = join(root, "rubrics", `${rubric}.json`);
  const path =
    !existsSync(rubric) && /^[a-z][a-z0-9-]*$/.test(rubric) && existsSync(own) ? own : resolve(rubric);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new FrostlineFault(
      "file-missing",
      { file: rubric, expected: "A rubric: a JSON file, or the id of one in `rubrics`" },
      error,
    );
  });
  return parseJson(Rubric, text, path);
}

/**
 * Opens what the rubric asks for: its data set, its bases, its limits and ways of running with defaults.
 * @throws FrostlineFault when a part is missing or differs from its hash.
 */
export async function openAssignment(store: Store, rubric: Rubric): Promise<Assignment> {
  const dataset = await store.openDataset(rubric.data.dataset);
  const bases = [];
  for (const name of rubric.data.bases) bases.push(await store.openBase(name));
  const { min = 1, max = Number.POSITIVE_INFINITY } = rubric.data.classes ?? {};
  const classes = dataset.facts.classes.length;
  if (classes < min || classes > max) {
    const most = max === Number.POSITIVE_INFINITY ? "or more" : `to ${max}`;
    throw new FrostlineFault("classes-unfit", {
      dataset: dataset.ref,
      classes,
      expected: `${min} ${most}`,
    });
  }
  const limits = parse(Limits, { ...rubric.limits }, "limits", { defaults: true });
  const run = parse(RunSettings, { ...rubric.run }, "run", { defaults: true });
  return { dataset, bases, imageSize: rubric.data.imageSize ?? dataset.facts.image.height, limits, run };
}
