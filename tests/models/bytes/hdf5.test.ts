import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { type Hdf5Node, openHdf5, readBytes } from "../../../src/models/bytes/hdf5/open-hdf5.js";
import { readNativeParts } from "../../../src/sandbox/index.js";
import { scratch } from "../../intake/scratch.js";

const FOLDER = path.join(import.meta.dirname, "..", "fixtures", "hdf5");

interface Truth {
  attributes: Record<string, unknown>;
  shape?: number[];
  sha256?: string;
}

const truth = JSON.parse(readFileSync(path.join(FOLDER, "truth.json"), "utf8")) as Record<
  string,
  Record<string, Truth>
>;

function everything(node: Hdf5Node, at = "", found = new Map<string, Hdf5Node>()): Map<string, Hdf5Node> {
  found.set(at === "" ? "/" : at, node);
  for (const [name, member] of node.members) everything(member, `${at}/${name}`, found);
  return found;
}

test.each(Object.keys(truth))("%s is read as h5py reads it", (file) => {
  const found = everything(openHdf5(readFileSync(path.join(FOLDER, file)), file));
  const read = [...found].map(([at, node]): [string, Truth] => {
    const attributes = Object.fromEntries(node.attributes);
    if (!node.dataset) return [at, { attributes }];
    const sha256 = createHash("sha256").update(readBytes(node.dataset, file)).digest("hex");
    return [at, { attributes, shape: [...node.dataset.shape], sha256 }];
  });
  expect(Object.fromEntries(read)).toEqual(truth[file]);
});

const HOSTILE: Record<string, RegExp> = {
  circle: /linked twice/,
  deep: /nested more than 32 deep/,
  "external-link": /a link to another file/,
  "external-values": /keeps its values in another file/,
  huge: /unpack to more than/,
  "huge-chunked": /unpack to more than/,
  "other-file": /put together from other files/,
  "soft-link": /a soft link/,
  "strange-filter": /compressed by filter 32000/,
};

test.each(Object.entries(HOSTILE))(
  "a file with %s is refused by name before anything is allocated",
  (name, why) => {
    const file = `hostile-${name}.h5`;
    const before = process.memoryUsage().arrayBuffers;
    expect(() => openHdf5(readFileSync(path.join(FOLDER, file)), file)).toThrow(why);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
  },
);

test("every hostile file of the folder is tested", () => {
  const files = readdirSync(FOLDER).filter((file) => file.startsWith("hostile-"));
  expect(files.toSorted()).toEqual(
    Object.keys(HOSTILE)
      .map((name) => `hostile-${name}.h5`)
      .toSorted(),
  );
});

test("a list of a thousand long texts costs no more than its length", async (ctx) => {
  const python = readNativeParts(path.join(import.meta.dirname, "../../.."))?.python?.folder;
  if (!python) return ctx.skip("the Python environment is not set up");
  const folder = await scratch();
  const file = path.join(folder, "names.h5");
  const write =
    "import h5py, sys; h5py.File(sys.argv[1], 'w').attrs['names'] = [f'layer_{i}' for i in range(1500)]";
  await execa(path.join(python, "bin/python"), ["-I", "-c", write, file]);
  const names = openHdf5(readFileSync(file), file).attributes.get("names");
  expect(names).toEqual(Array.from({ length: 1500 }, (_, index) => `layer_${index}`));
});

test("a file that is cut off anywhere is refused or read, and nothing else", () => {
  const whole = readFileSync(path.join(FOLDER, "values-old.h5"));
  for (let length = 0; length < whole.byteLength; length += 97)
    expect(() => openHdf5(whole.subarray(0, length), "cut.h5")).toThrow(/model-unreadable/);
});
