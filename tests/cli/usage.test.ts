import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { frostline, ROOT, rubric, scratch, write } from "./frostline.js";

describe("the command line", () => {
  it("prints help that names every command", async () => {
    const { code, out } = await frostline(["--help"]);
    expect(code).toBe(0);
    for (const command of ["grade", "check", "report", "doctor", "store"]) expect(out).toContain(command);
  });

  it("prints the version of the package", async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect((await frostline(["--version"])).out).toBe(version);
  });

  it.each([[["--help"]], [["rubric", "explain", "fine-tuning"]]])(
    "ends quietly with code 0 when nobody reads what %j prints",
    async (args) => {
      const run = execa(process.execPath, [join(ROOT, "bin/frostline.mjs"), ...args], { reject: false });
      run.stdout.destroy();
      const { exitCode, stderr } = await run;
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    },
  );

  it.each([
    [["grad", "x"], "Did you mean grade?"],
    [["grade", "x", "--rubrik", "y"], "Did you mean --rubric?"],
    [["grade", "x", "--jobs", "none"], "whole number"],
    [["grade", "x", "--fail-below", "200"], "0 to 100"],
    [["grade"], "missing required argument"],
    [["check", ".", "--format", "xml"], "terminal or json"],
  ])("answers %j with code 1 and a word on what to do", async (args, word) => {
    const { code, err } = await frostline(args);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(word) });
  });

  it.each([
    ["not JSON", "{", "is not JSON"],
    ["an unknown field", rubric({ itms: [] }), "Did you mean `items`?"],
    ["an unknown grader", rubric({ items: [{ grader: "frozn-base", points: 1 }] }), "frozen-base"],
    [
      "an unknown option",
      rubric({ items: [{ grader: "frozen-base", points: 1, options: { fase: 1 } }] }),
      "phase",
    ],
    ["points below zero", rubric({ items: [{ grader: "frozen-base", points: -1 }] }), "/items/0/points"],
    ["an unknown data set", rubric({ data: { dataset: "emojis", bases: [] } }), "emoji"],
    [
      "an unknown base",
      rubric({ data: { dataset: "emoji", bases: ["vgg16"] } }),
      "efficientnet-lite0-stage5",
    ],
  ])("refuses a rubric with %s before anything is run", async (_, text, word) => {
    const folder = await scratch();
    await write(folder, { "class/one/main.js": "throw new Error('was run')", "rubric.json": text });
    const { code, err } = await frostline([
      "grade",
      join(folder, "class"),
      "--rubric",
      join(folder, "rubric.json"),
      "--out",
      join(folder, "out"),
    ]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(word) });
    expect(err).toContain("For you:");
  });

  it.each([
    ["a folder that does not exist", ["nowhere"], "does not exist"],
    ["an empty folder", ["."], "No submission was found"],
  ])("says so for %s", async (_, paths, word) => {
    const folder = await scratch();
    const { code, err } = await frostline(["grade", ...paths, "--out", "out"], { cwd: folder });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(word) });
  });
});
