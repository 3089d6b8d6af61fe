import { readFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { GRADERS } from "../../graders/index.js";
import { parse, Rubric, RubricItem } from "../../src/contract/index.js";
import { compileRubric, rubricSchema } from "../../src/judge/index.js";

const rubrics = path.join(import.meta.dirname, "../../rubrics");
const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(rubrics, file), "utf8"));
const asJson = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** The examples of the README, each made whole by what a rubric must have. */
const EXAMPLES = [
  ...readFileSync(path.join(rubrics, "README.md"), "utf8").matchAll(/```json\n([\s\S]*?)```/g),
].map(([, text = ""]) => ({ ...read("structure-only.json"), ...(JSON.parse(text) as object) }));

describe("the examples of rubrics/README.md", () => {
  const validate = new Ajv({ strict: false }).compile(rubricSchema(GRADERS));

  it.each(EXAMPLES.map((example, index) => [index + 1, example] as const))(
    "of part %d are rubrics",
    (_, example) => {
      expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
      expect(compileRubric(parse(Rubric, example, "README.md"), GRADERS).length).toBeGreaterThan(0);
    },
  );

  it("show every field of the language", () => {
    const shown = readFileSync(path.join(rubrics, "README.md"), "utf8");
    const fields = [Rubric.properties, RubricItem.properties].flatMap((properties) =>
      Object.keys(properties),
    );
    const known = fields.filter(
      (name) => !["$schema", "id", "title", "description", "limits"].includes(name),
    );
    expect(known.filter((name) => !shown.includes(`"${name}"`) && !shown.includes(`\`${name}\``))).toEqual(
      [],
    );
  });
});

describe("rubrics/rubric.schema.json", () => {
  const validate = new Ajv({ strict: false }).compile(rubricSchema(GRADERS));

  it("is what the contract and the graders say", () => {
    const same = isDeepStrictEqual(read("rubric.schema.json"), asJson(rubricSchema(GRADERS)));
    expect(same, "Run `npm run build && node scripts/make-rubric-schema.mjs`.").toBe(true);
  });

  it.each(["feature-extraction.json", "fine-tuning.json"])("accepts %s", (file) => {
    expect(validate(read(file)), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ["an unknown grader", { grader: "frozen-bass", points: 1 }],
    ["an option of another grader", { grader: "frozen-base", points: 1, options: { threshold: 0.5 } }],
    ["a value out of range", { grader: "validation-accuracy", points: 1, options: { threshold: 65 } }],
  ])("refuses %s", (_, item) => {
    expect(validate({ ...read("fine-tuning.json"), items: [item] })).toBe(false);
  });
});
