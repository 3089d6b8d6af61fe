import { describe, expect, it } from "vitest";
import { compileModule, SourceError } from "../../../../src/kinds/tfjs/engine/host/transpile.js";

const compile = (file: string, text: string) => compileModule(`/submission/${file}`, text, true);

describe("compiling a file of a submission", () => {
  it("leaves CommonJS as it is, sloppy or not", () => {
    const { code, awaits } = compile("main.js", "total = 1;\nmodule.exports = total;");
    expect(code).toContain("{total = 1;\nmodule.exports = total;\n})");
    expect(code).not.toContain("use strict");
    expect(awaits).toBe(false);
  });

  it("keeps line and column of an error in TypeScript", () => {
    const text = 'import * as tf from "@tensorflow/tfjs";\nconst a: number = 1; const b: string = fail(a);\n';
    const { code, original } = compile("main.ts", `${text}tf.ones([a, b]);`);
    const line = code.split("\n")[1] ?? "";
    expect(original(2, line.indexOf("fail") + 1)).toEqual({
      line: 2,
      column: (text.split("\n")[1]?.indexOf("fail") as number) + 1,
    });
  });

  it("recognises an await at the top level, in JavaScript without any import too", () => {
    expect(compile("main.js", "const x = await Promise.resolve(1);").awaits).toBe(true);
    expect(compile("main.mjs", "export const x = 1;").awaits).toBe(false);
  });

  it("refuses an await at the top level of another file", () => {
    expect(() => compileModule("/submission/data.ts", "export const x = await load();", false)).toThrow(
      SourceError,
    );
  });

  it.each([
    ["main.js", "let a = ;", 1],
    ["main.mjs", 'import x from "x";\n\nexport const y = ;', 3],
    ["main.ts", "interface A {\n  b: ;\n}", 2],
    ["main.ts", `${"(".repeat(100_000)}`, 1],
  ])("names the line of what is wrong in %s", (file, text, line) => {
    try {
      compile(file, text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SourceError);
      expect((error as SourceError).line).toBe(line);
    }
  });
});
