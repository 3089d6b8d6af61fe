import { describe, expect, it } from "vitest";
import { deriveOnce } from "../../src/facts/derive-once.js";

describe("deriveOnce", () => {
  it("works out once for the same two objects, and anew where either is another one", () => {
    let asked = 0;
    const sum = deriveOnce((a: { value: number }, b: { value: number }) => {
      asked += 1;
      return a.value + b.value;
    });
    const [one, two] = [{ value: 1 }, { value: 2 }];
    expect([sum(one, two), sum(one, two)]).toEqual([3, 3]);
    expect(asked).toBe(1);
    expect([sum(one, { value: 2 }), sum({ value: 1 }, two), sum(two, one)]).toEqual([3, 3, 3]);
    expect(asked).toBe(4);
  });

  it("remembers also that there is nothing to derive", () => {
    let asked = 0;
    const nothing = deriveOnce((_: object, __: object) => {
      asked += 1;
      return null;
    });
    const [one, two] = [{}, {}];
    expect([nothing(one, two), nothing(one, two)]).toEqual([null, null]);
    expect(asked).toBe(1);
  });
});
