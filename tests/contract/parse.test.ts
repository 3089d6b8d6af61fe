import { Type } from "@sinclair/typebox";
import { describe, expect, it } from "vitest";
import { FrostlineFault, parse, parseJson } from "../../src/contract/index.js";

const Shape = Type.Object(
  {
    title: Type.String({ pattern: "^[a-z]+$", description: "A short name in lower case." }),
    points: Type.Optional(Type.Number({ minimum: 0 })),
    kind: Type.Optional(Type.Unsafe<string>(Type.String({ enum: ["counted", "bonus"] }))),
    version: Type.Optional(Type.Literal("one")),
    code: Type.Optional(Type.String({ pattern: "^x" })),
    table: Type.Optional(
      Type.Record(Type.String({ pattern: "^[a-z]$" }), Type.Number(), { additionalProperties: false }),
    ),
    of: Type.Optional(Type.Union([Type.Null(), Type.Object({ deep: Type.Number() })])),
  },
  { additionalProperties: false },
);

function refusal(value: unknown, text?: string): Record<string, unknown> {
  try {
    if (text === undefined) parse(Shape, value, "a file");
    else parseJson(Shape, text, "a file");
  } catch (error) {
    if (error instanceof FrostlineFault) return { code: error.fault.code, ...error.fault.params };
  }
  return { code: "nothing" };
}

describe("what is read", () => {
  it("is given back as it is where it fits, and completed in a copy where that is asked", () => {
    const value = { title: "a" };
    expect(parse(Shape, value, "a file")).toBe(value);
    const Defaulted = Type.Object({ n: Type.Number({ default: 3 }) });
    const empty = {};
    expect(parse(Defaulted, empty, "a file", { defaults: true })).toEqual({ n: 3 });
    expect(empty).toEqual({});
  });

  it.each([
    ["no JSON", undefined, "{", { code: "json-unreadable" }],
    ["a field misspelt", { title: "a", pionts: 1 }, undefined, { hint: "Did you mean `points`?" }],
    ["a field unlike any", { title: "a", zzzzzzzz: 1 }, undefined, { hint: "Remove the field." }],
    ["a field missing", {}, undefined, { path: "/", hint: "Add `title`." }],
    ["a field renamed", { titel: "a" }, undefined, { hint: "Rename `titel` to `title`." }],
    ["a name misspelt", { title: "a", kind: "bonsu" }, undefined, { hint: "Did you mean `bonus`?" }],
    ["a name unlike any", { title: "a", kind: "zzzzzzzz" }, undefined, { hint: "Choose one of these." }],
    ["a pattern with words", { title: "A" }, undefined, { expected: "A short name in lower case" }],
    ["a pattern without", { title: "a", code: "y" }, undefined, { expected: /pattern/ }],
    ["another constant", { title: "a", version: "two" }, undefined, { expected: 'A value that is "one"' }],
    ["a number too small", { title: "a", points: -1 }, undefined, { path: "/points", found: "-1" }],
    ["a union's branch that got far", { title: "a", of: { deep: "x" } }, undefined, { path: "/of/deep" }],
    ["a name that no table has", { title: "a", table: { A: 1 } }, undefined, { hint: "Remove the field." }],
    ["a long value", { title: "A".repeat(200) }, undefined, { found: /\.\.\.$/ }],
    ["no value", { title: undefined }, undefined, { path: "/" }],
    ["a function", { title: () => 1 }, undefined, { path: "/title" }],
  ])("says of %s what is wrong", (_, value, text, expected) => {
    const said = refusal(value, text);
    for (const [key, word] of Object.entries(expected))
      expect(String(said[key]), JSON.stringify(said)).toMatch(
        word instanceof RegExp ? word : new RegExp(`^${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`),
      );
  });
});
