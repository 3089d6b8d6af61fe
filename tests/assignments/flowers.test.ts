import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import type { Evidence } from "../../src/contract/index.js";
import { readNativeParts } from "../../src/sandbox/index.js";
import { frostline, ROOT, rubric, scratch, write } from "../cli/frostline.js";
import { REFERENCE } from "../reference.js";

const reference = join(REFERENCE, "data");

/** What the same head reaches in Keras 3.15 on 720 training pictures; here it is 612, as some are kept for validation. */
const PROGRAMS = [
  { id: "kim", file: "flowers/main.js", measured: 0.954, needs: "tensorflow" },
  { id: "lee", file: "flowers-keras/main.py", measured: 0.867, needs: "python" },
] as const;

it("grades flowers on MobileNet, both added by a teacher, near the accuracies measured in Keras", {
  timeout: 600_000,
}, async (context) => {
  const parts = readNativeParts(ROOT);
  const programs = PROGRAMS.filter(({ needs }) => parts?.[needs]);
  if (programs.length === 0) return context.skip("neither TensorFlow nor Python is set up");
  if (!existsSync(join(reference, "flowers12")))
    return context.skip(`the reference data is not at ${reference}`);
  const folder = await scratch();
  const store = ["--store", join(folder, "store")];
  expect((await frostline(["store", "add", join(reference, "flowers12"), ...store])).out).toContain(
    "12 classes: 612 train, 108 validation, 240 hidden",
  );
  expect(
    (await frostline(["store", "add", join(reference, "mobilenet_v1_0.25_224-tfjs"), ...store])).out,
  ).toContain("MobileNet, 137 tensors");
  await write(folder, {
    ...Object.fromEntries(
      programs.map(({ id, file }) => [
        `class/${id}/${basename(file)}`,
        readFileSync(join(import.meta.dirname, file), "utf8"),
      ]),
    ),
    "rubric.json": rubric({
      data: { dataset: "flowers12", bases: ["mobilenet_v1_0.25_224"], imageSize: 224 },
      limits: { seconds: 300 },
      items: [
        { grader: "pretrained-base", points: 2 },
        { grader: "frozen-base", points: 2 },
        { grader: "validation-accuracy", points: 6, options: { threshold: 0.8 } },
      ],
    }),
  });
  const { code, err } = await frostline([
    "grade",
    join(folder, "class"),
    "--rubric",
    join(folder, "rubric.json"),
    "--out",
    join(folder, "out"),
    ...store,
  ]);
  expect(code, err).toBe(0);
  for (const { id, measured } of programs) {
    expect(err).toContain(`${id}: 10 of 10`);
    const { items } = JSON.parse(readFileSync(join(folder, `out/evidence/${id}.json`), "utf8")) as Evidence;
    const heldOut = items.heldOut.state === "found" ? items.heldOut.value : null;
    expect((heldOut?.correct ?? 0) / (heldOut?.n ?? 1)).toBeGreaterThan(measured - 0.035);
    expect(items.weights).toMatchObject({ value: { checkpoint: { compared: 135, identical: 135 } } });
  }
});
