import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { GRADERS } from "../../graders/index.js";
import type { Grade } from "../../src/contract/index.js";
import { judgeOne } from "../../src/harness/judge-run.js";
import { readRubric } from "../../src/harness/open-assignment.js";
import { openRunFolder } from "../../src/harness/run-folder.js";
import { ROOT } from "../cli/frostline.js";

const READY = readdirSync(join(ROOT, "rubrics"))
  .filter((file) => file.endsWith(".json") && file !== "rubric.schema.json")
  .map((file) => file.replace(".json", ""));

const WIDTH = Math.max(...READY.map((id) => id.length)) + 2;

/** `earned/possible`, with what waits for a decision: `12+3?/20`. */
const marks = ({ earned, pending, possible }: Grade): string =>
  `${earned}${pending > 0 ? `+${pending}?` : ""}/${possible}`;

it("every example of the golden run gets under every ready rubric what it got before; run `npx vitest run tests/harness/golden-table.test.ts --update` after a change that is meant", async () => {
  const run = openRunFolder(join(ROOT, "reports/sample"));
  const { submissions } = await run.readRun();
  const rubrics = await Promise.all(READY.map((id) => readRubric(ROOT, id)));
  const widest = Math.max(...submissions.map(({ name }) => name.length)) + 2;
  const rows = submissions.map(({ id, name }) => {
    const evidence = run.readEvidence(id);
    expect(evidence, `${name} has evidence that can be read`).not.toBeNull();
    const cells = rubrics.map((rubric) =>
      evidence ? marks(judgeOne(evidence, { rubric }, GRADERS)).padStart(WIDTH) : "",
    );
    return `${name.padEnd(widest)}${cells.join("")}`;
  });
  const head = `${"".padEnd(widest)}${READY.map((id) => id.padStart(WIDTH)).join("")}`;
  await expect(`${[head, ...rows].join("\n")}\n`).toMatchFileSnapshot("golden/every-example.txt");
});
