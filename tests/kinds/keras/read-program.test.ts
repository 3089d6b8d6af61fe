import { expect, test } from "vitest";
import { type ProgramPart, readProgram } from "../../../src/kinds/keras/read-program.js";

const notebook = (cells: unknown): Uint8Array => Buffer.from(JSON.stringify({ cells }));

function partsOf(bytes: Uint8Array): ProgramPart[] {
  const program = readProgram("work.ipynb", bytes);
  if ("code" in program) throw new Error(program.code);
  return program.parts;
}

test("the code cells of a notebook come in order, under the number the student sees", () => {
  const parts = partsOf(
    notebook([
      { cell_type: "markdown", source: "# Title" },
      { cell_type: "code", source: ["x = 1\n", "y = 2"], outputs: [{ text: "accuracy: 0.99" }] },
      { cell_type: "code", source: "" },
      { cell_type: "code", source: "print(x)" },
    ]),
  );
  expect(parts).toEqual([
    { name: "work.ipynb, cell 2", source: "x = 1\ny = 2" },
    { name: "work.ipynb, cell 4", source: "print(x)" },
  ]);
});

test("lines for the shell and the notebook are left out, keep their place, and are counted in a note", () => {
  const source =
    "!pip install keras\nimport keras\nif x:\n    %matplotlib inline\nkeras.Model?\nz = (5\n  % 3)";
  const program = readProgram("work.ipynb", notebook([{ cell_type: "code", source }]));
  if ("code" in program) throw new Error(program.code);
  expect(program.parts[0]?.source.split("\n")).toEqual([
    "pass  # !pip install keras",
    "import keras",
    "if x:",
    "    pass  # %matplotlib inline",
    "pass  # keras.Model?",
    "z = (5",
    "  % 3)",
  ]);
  expect(program.notes).toEqual(["3 lines for the shell or the notebook itself were left out."]);
});

test("cells in another language are left out", () => {
  expect(partsOf(notebook([{ cell_type: "code", source: "%%bash\nls" }]))).toEqual([]);
});

test.each([
  ["not JSON", "{", "it is not JSON"],
  ["without cells", "{}", "it has no list of cells"],
  ["null", "null", "it has no list of cells"],
])("a notebook that is %s is refused by name", (_, text, message) => {
  const program = readProgram("work.ipynb", Buffer.from(text));
  if (!("code" in program)) throw new Error("accepted");
  expect(program.code).toBe("notebook-unreadable");
  expect(program.params["why"]).toContain(message);
});

test("a file is one part, without the mark that some editors begin it with", () => {
  expect(readProgram("main.py", Buffer.from("\uFEFFx = 1"))).toEqual({
    parts: [{ name: "main.py", source: "x = 1" }],
    notes: [],
  });
});
