import { readFileSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decode, encode } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../src/contract/index.js";
import { picturePrints } from "../../src/models/index.js";
import { openSandbox } from "../../src/sandbox/index.js";
import { openStore } from "../../src/store/index.js";
import { frostline, ROOT, rubric, scratch, write } from "../cli/frostline.js";

async function picture(split: "hidden" | "train", place = 0): Promise<Buffer> {
  const dataset = await openStore({ root: ROOT }).openDataset("emoji");
  return readFile(dataset.examples(split)[place]?.path ?? "");
}

/** The picture at half its size, each pixel the mean of four, packed anew. */
function halved(png: Uint8Array): Uint8Array {
  const { width, height, data, channels } = decode(png);
  const [wide, high] = [width / 2, height / 2];
  const small = Uint8Array.from({ length: wide * high * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    const from = (Math.floor(pixel / wide) * 2 * width + (pixel % wide) * 2) * channels + (at % channels);
    const four = [from, from + channels, from + width * channels, from + (width + 1) * channels];
    return four.reduce((sum, place) => sum + (data[place] ?? 0) / 4, 0);
  });
  return encode({ width: wide, height: high, data: small, channels });
}

describe("prints of pictures", { timeout: 120_000 }, () => {
  it("depend on pixels, not on how they are packed, and are null for what is no picture or claims to be enormous", async () => {
    const png = await picture("hidden");
    const decoded = decode(png);
    const again = encode({ ...decoded, channels: decoded.channels }, { zlib: { level: 1 } });
    const rgba = new Uint8Array(16 * 16 * 4).fill(200);
    const jpeg = encodeJpeg({ width: 16, height: 16, data: rgba }, 90).data;
    const grey = encode({ width: 4, height: 4, channels: 1, data: new Uint8Array(16).fill(9) });
    const deep = encode({
      width: 2,
      height: 2,
      channels: 3,
      depth: 16,
      data: new Uint16Array(12).fill(65535),
    });
    const bomb = new Uint8Array(png);
    new DataView(bomb.buffer).setUint32(16, 60_000);
    new DataView(bomb.buffer).setUint32(20, 60_000);
    const sandbox = await openSandbox({ unsafe: false });
    const pictures = [
      png,
      again,
      jpeg,
      grey,
      deep,
      bomb,
      new Uint8Array([0x89, 0x50]),
      new Uint8Array([0xff]),
    ];
    const prints = await picturePrints({ sandbox, root: ROOT }, pictures);
    if (prints.state !== "found") throw new Error(JSON.stringify(prints));
    const [one, two, ...others] = prints.value;
    expect(one).toEqual(two);
    expect(others.map((print) => print !== null)).toEqual([true, true, true, false, false, false]);
    expect(others[0]?.shape).toBe("0".repeat(64));
  });
});

describe("a submission that brings pictures", { timeout: 300_000 }, () => {
  it("loses points for a hidden one, waits for a person over a likeness, and is free to bring its own", async () => {
    const folder = await scratch();
    const program = "throw new Error('no network');\n";
    const items = [{ grader: "data-leakage", points: 1 }];
    await write(folder, {
      "class/hidden/main.js": program,
      "class/likeness/main.js": program,
      "class/given/main.js": program,
      "class/none/main.js": program,
      "rubric.json": rubric({ items }),
    });
    const bring = async (name: string, bytes: Uint8Array): Promise<void> => {
      await mkdir(join(folder, "class", name, "data"), { recursive: true });
      await writeFile(join(folder, "class", name, "data/a.png"), bytes);
    };
    const secret = await picture("hidden");
    await bring("hidden", secret);
    await bring("likeness", halved(secret));
    await bring("given", await picture("train"));
    const { code } = await frostline([
      "grade",
      join(folder, "class"),
      "-r",
      join(folder, "rubric.json"),
      "-o",
      join(folder, "out"),
    ]);
    expect(code).toBe(2);
    const leakage = (name: string) => {
      const path = join(folder, "out/evidence", `${name}.json`);
      return (JSON.parse(readFileSync(path, "utf8")) as Evidence).items.leakage;
    };
    const compared = { pictures: 1, unreadable: 0, same: [], near: [] };
    expect(leakage("hidden")).toMatchObject({ value: { ...compared, same: ["data/a.png"] } });
    expect(leakage("likeness")).toMatchObject({ value: { ...compared, near: ["data/a.png"] } });
    expect(leakage("given")).toMatchObject({ value: compared });
    expect(leakage("none")).toMatchObject({ value: { pictures: 0, unreadable: 0 } });
    const grade = (name: string) =>
      JSON.parse(readFileSync(join(folder, "out/grades", `${name}.json`), "utf8")) as object;
    expect(grade("hidden")).toMatchObject({ earned: 0, pending: 0, possible: 1 });
    expect(grade("likeness")).toMatchObject({ earned: 0, pending: 1 });
    expect(grade("given")).toMatchObject({ earned: 1, pending: 0 });
    expect(grade("none")).toMatchObject({ possible: 0 });
  });
});
