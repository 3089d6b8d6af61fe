import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { frostline, ROOT, scratch } from "../cli/frostline.js";

const sample = join(ROOT, "reports/sample");

it("is what judging its evidence gives today; run `npm run sample` or `frostline report reports/sample` after a change that is meant", async () => {
  const copy = join(await scratch(), "sample");
  cpSync(sample, copy, { recursive: true });
  expect((await frostline(["report", copy])).code).toBe(0);
  const files = readdirSync(sample, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.\w+$/.test(file))
    .sort();
  expect(
    readdirSync(copy, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.\w+$/.test(file))
      .sort(),
  ).toEqual(files);
  const changed = files.filter(
    (file) => !readFileSync(join(sample, file)).equals(readFileSync(join(copy, file))),
  );
  expect(changed).toEqual([]);
});
