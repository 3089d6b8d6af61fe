import { describe, expect, it } from "vitest";
import { comparePictures } from "../../src/facts/index.js";

/** A print whose shape differs from the one of `name` in the given number of bits. */
function print(name: string, bits = 0, pixels = `${name}-${bits}`) {
  const digits = [...name.padEnd(64, "0").slice(0, 64)].map((letter) => letter.charCodeAt(0) % 16);
  for (let bit = 0; bit < bits; bit += 1) {
    const place = Math.floor(bit / 4);
    digits[place] = (digits[place] as number) ^ (1 << (bit % 4));
  }
  return { pixels, shape: digits.map((digit) => digit.toString(16)).join("") };
}

const hidden = [print("abcdefgh"), print("zyxwvuts")];
const open = [print("0123456789"), print("shared", 0, "shared")];
const compare = (...prints: Parameters<typeof comparePictures>[0][number]["print"][]) =>
  comparePictures(
    prints.map((one, place) => ({ path: `${place}.png`, print: one })),
    hidden,
    open,
  );

describe("pictures that were handed in", () => {
  it("are the same as a hidden one by their pixels", () => {
    expect(compare(print("abcdefgh"), print("quite different"))).toEqual({
      pictures: 2,
      unreadable: 0,
      hidden: 2,
      same: ["0.png"],
      near: [],
    });
  });

  it.each([
    [11, true],
    [12, true],
    [13, false],
  ])("with %i bits of difference resemble a hidden one: %s", (bits, near) => {
    expect(compare(print("abcdefgh", bits, "other")).near).toEqual(near ? ["0.png"] : []);
  });

  it("show nothing where a public picture resembles them as much", () => {
    const alike = print("abcdefgh", 4, "public");
    const handedIn = [{ path: "mine.png", print: print("abcdefgh", 4, "mine") }];
    expect(comparePictures(handedIn, hidden, [alike]).near).toEqual([]);
  });

  it("are nobody's secret where a hidden one is public too", () => {
    const both = print("shared", 0, "shared");
    const handedIn = [{ path: "mine.png", print: both }];
    expect(comparePictures(handedIn, [both], open)).toMatchObject({ pictures: 1, same: [], near: [] });
  });

  it("count apart when they cannot be decoded", () => {
    expect(compare(null, print("quite different"))).toMatchObject({ pictures: 1, unreadable: 1 });
  });
});
