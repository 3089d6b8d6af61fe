import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Evidence, Grade } from "../../src/contract/index.js";
import { frostline, HONEST, rubric, write } from "./frostline.js";

/** What each broken submission must be told: the fault of its structure or of its predictions. */
const BROKEN: Record<string, { program?: string; item: "structure" | "heldOut"; code: string }> = {
  empty: { item: "structure", code: "intake-empty" },
  "no-program": { item: "structure", code: "entry-missing" },
  "two-programs": { item: "structure", code: "entry-ambiguous" },
  link: { item: "structure", code: "intake-link" },
  "syntax-error": { program: "const a = ;", item: "structure", code: "program-syntax" },
  throws: { program: "function f() { null.x }\nf();", item: "structure", code: "program-error" },
  rejects: {
    program: "(async () => { throw new Error('later') })();",
    item: "structure",
    code: "program-error",
  },
  "never-settles": {
    program: "exports.main = () => new Promise(() => {});",
    item: "structure",
    code: "program-never-settles",
  },
  "returns-a-string": {
    program: "exports.main = async () => 'my model';",
    item: "structure",
    code: "no-model",
  },
  "asks-for-another-base": {
    program:
      "const tf = require('@tensorflow/tfjs');\nexports.main = () => tf.loadLayersModel('https://example.org/vgg16/model.json');",
    item: "structure",
    code: "base-not-offered",
  },
  "wrong-outputs": {
    program: HONEST.replaceAll("units: 3", "units: 5").replace(
      "tf.oneHot(labels, 3)",
      "tf.oneHot(labels, 5)",
    ),
    item: "heldOut",
    code: "prediction-shape",
  },
  "not-numbers": {
    program: HONEST.replace(
      "return tf.model",
      "head.setWeights(head.getWeights().map((w) => w.mul(NaN))); return tf.model",
    ),
    item: "heldOut",
    code: "prediction-not-finite",
  },
};

describe("a class of broken submissions with one honest one among them", () => {
  let folder = "";
  let run: Awaited<ReturnType<typeof frostline>>;
  const evidence = (id: string): Evidence =>
    JSON.parse(readFileSync(join(folder, `out/evidence/${id}.json`), "utf8"));
  const grade = (id: string): Grade =>
    JSON.parse(readFileSync(join(folder, `out/grades/${id}.json`), "utf8"));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "frostline-test-"));
    const programs = Object.entries(BROKEN).flatMap(([id, { program }]) =>
      program ? [[`class/${id}/main.js`, program]] : [],
    );
    await write(folder, {
      ...Object.fromEntries(programs),
      "class/honest/main.js": HONEST,
      "class/no-program/notes.txt": "I will hand in later",
      "class/two-programs/a.js": "",
      "class/two-programs/b.js": "",
      "rubric.json": rubric(),
    });
    await mkdir(join(folder, "class/empty"));
    await mkdir(join(folder, "class/link"));
    await writeFile(join(folder, "class/link/main.js"), "");
    await symlink("/etc/passwd", join(folder, "class/link/notes.txt"));
    run = await frostline([
      "grade",
      join(folder, "class"),
      "--rubric",
      join(folder, "rubric.json"),
      "--out",
      join(folder, "out"),
    ]);
  }, 180_000);

  it.each(Object.entries(BROKEN))("tells %s what is wrong", (id, { item, code }) => {
    const found = evidence(id).items[item];
    expect(found.state === "failed" ? found.fault.code : found.state).toBe(code);
  });

  it("grades the honest one as if it were alone", () => {
    const { earned, pending, items } = grade("honest");
    expect({ earned, pending, lost: items.filter((one) => one.earned < one.points) }).toEqual({
      earned: 5,
      pending: 0,
      lost: [],
    });
  });

  it("shows the line of the student's own file", () => {
    const { items } = evidence("throws");
    expect(items.structure).toMatchObject({ fault: { params: { file: "main.js", line: 1 } } });
  });

  it("leaves points pending where the teacher must act, and ends with code 2", () => {
    expect(grade("asks-for-another-base")).toMatchObject({ earned: 0, pending: 5 });
    expect(run.code).toBe(2);
  });

  it("takes points only for the student's own faults", () => {
    for (const id of Object.keys(BROKEN)) {
      const { pending, items } = grade(id);
      const byStudent = items.filter((one) => one.pending === 0);
      expect(pending + byStudent.reduce((sum, one) => sum + one.points, 0)).toBe(5);
    }
  });

  it("writes all pages and a line for each submission", () => {
    for (const id of [...Object.keys(BROKEN), "honest"]) {
      expect(existsSync(join(folder, `out/student/${id}.html`))).toBe(true);
      expect(run.err).toContain(`] ${id}: `);
    }
  });
});
