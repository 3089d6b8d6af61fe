import { expect, test } from "vitest";
import { recogniseProgram } from "../../../src/kinds/keras/recognise-program.js";
import { snapshotOf } from "./run-keras.js";

const recognise = (files: Record<string, string>) => recogniseProgram(snapshotOf(files));

test.each([
  [{ "main.py": "", "other.py": "" }, "main.py"],
  [{ "main.ipynb": "{}", "other.py": "" }, "main.ipynb"],
  [{ "0-transfer.py": "", "README.md": "" }, "0-transfer.py"],
  [{ "work.ipynb": "{}" }, "work.ipynb"],
  [{ "train.py": "from data import load", "data.py": "" }, "train.py"],
  [{ "main.py": "", "work.ipynb": "{}" }, "main.py"],
] as [Record<string, string>, string][])("%j is run from %s", (files, entry) => {
  expect(recognise(files)).toEqual({ state: "recognised", entry });
});

test("several programs that do not import each other are not guessed among", () => {
  const recognised = recognise({ "a.py": "", "b.py": "" });
  expect(recognised.state === "unclear" && recognised.fault.code).toBe("entry-ambiguous");
});

test("a submission without Python at its top is another kind's", () => {
  expect(recognise({ "main.js": "", "lib/x.py": "" })).toEqual({ state: "other" });
});
