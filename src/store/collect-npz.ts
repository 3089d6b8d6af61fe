import { createHash } from "node:crypto";
import { basename } from "node:path";
import { encode } from "fast-png";
import type { SplitName } from "../contract/index.js";
import { datasetInvalid } from "./dataset-invalid.js";
import { type NpyArray, toIntegers, toTexts } from "./parse-npy.js";
import type { Picture } from "./picture.js";
import { readNpz } from "./read-npz.js";

/** Pairs of arrays as MedMNIST, Keras and teachers name them. */
const PAIRS: readonly { images: string; labels: string; given: SplitName | null }[] = [
  { images: "train_images", labels: "train_labels", given: "train" },
  { images: "val_images", labels: "val_labels", given: "validation" },
  { images: "test_images", labels: "test_labels", given: "hidden" },
  { images: "x_train", labels: "y_train", given: "train" },
  { images: "x_val", labels: "y_val", given: "validation" },
  { images: "x_test", labels: "y_test", given: "hidden" },
  { images: "x", labels: "y", given: null },
  { images: "images", labels: "labels", given: null },
];
const NAMES = ["class_names", "label_names", "classes"];

/**
 * The pictures of a `.npz` file, encoded as PNG; gray ones become RGB. Classes are called by the names the file
 * holds, else `class-0`, `class-1`, and so on.
 * @throws FrostlineFault `dataset-invalid` naming the array that does not fit
 */
export async function collectNpz(path: string): Promise<Picture[]> {
  const file = basename(path);
  const arrays = await readNpz(
    path,
    new Set([...PAIRS.flatMap(({ images, labels }) => [images, labels]), ...NAMES]),
  );
  const within = <T>(array: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw datasetInvalid(`${file}/${array}`, error instanceof Error ? error.message : String(error));
    }
  };
  const present = PAIRS.flatMap((pair) => {
    const images = arrays.get(pair.images);
    const labels = arrays.get(pair.labels);
    if (!images && !labels) return [];
    if (!images || !labels)
      throw datasetInvalid(
        file,
        `it holds \`${images ? pair.images : pair.labels}\` alone, without its other half`,
      );
    const numbers = within(pair.labels, () => labelsOf(labels));
    const pixels = within(pair.images, () => pixelsOf(images, numbers.length));
    return [{ ...pair, numbers, pixels }];
  });
  if (present.length === 0)
    throw datasetInvalid(file, "it holds no arrays of images and labels under a known name", {
      expected: `Pairs such as ${PAIRS.map(({ images, labels }) => `\`${images}\` and \`${labels}\``).join(", ")}`,
    });
  const namesKey = NAMES.find((name) => arrays.has(name));
  const names = namesKey && within(namesKey, () => toTexts(arrays.get(namesKey) as NpyArray));
  const classOf = namer(
    names,
    Math.max(...present.flatMap(({ numbers }) => numbers.reduce((a, b) => Math.max(a, b), 0))),
  );
  return present.flatMap(({ images, given, numbers, pixels }) =>
    numbers.map((label, index) =>
      within(images, () =>
        makePicture(pixels, index, { origin: `${images}[${index}]`, class: classOf(label), given }),
      ),
    ),
  );
}

/** Numbers are padded, since classes are ordered by name. */
function namer(names: string[] | undefined | "", largest: number): (label: number) => string {
  const digits = String(largest).length;
  return (label) => {
    if (!names) return `class-${String(label).padStart(digits, "0")}`;
    const name = names[label]?.replaceAll(/[/\\]/g, "-").trim();
    if (!name || name.startsWith("."))
      throw new Error(`there is no usable class name for the label ${label}`);
    return name;
  };
}

function labelsOf(array: NpyArray): number[] {
  const [, columns = 1, ...more] = array.shape;
  if (array.shape.length === 0 || columns !== 1 || more.length > 0)
    throw new Error(`its shape is (${array.shape.join(", ")}); labels are one whole number an image`);
  const labels = toIntegers(array);
  const wrong = labels.find((label) => label < 0 || label > 9999);
  if (wrong !== undefined) throw new Error(`it holds the label ${wrong}; labels are numbers from 0`);
  return labels;
}

interface Pixels {
  width: number;
  height: number;
  channels: 1 | 3;
  data: Buffer;
}

function pixelsOf({ dtype, shape, data }: NpyArray, count: number): Pixels {
  const [images = 0, height = 0, width = 0, channels = 1, ...more] = shape;
  if (dtype !== "|u1") throw new Error(`it holds values of type ${dtype}; images are uint8, 0 to 255`);
  if (shape.length < 3 || more.length > 0 || (channels !== 1 && channels !== 3) || width * height === 0)
    throw new Error(
      `its shape is (${shape.join(", ")}); images are (count, height, width), with 1 or 3 channels last`,
    );
  if (images !== count) throw new Error(`it holds ${images} images for ${count} labels`);
  return { width, height, channels, data };
}

function makePicture(
  { width, height, channels, data }: Pixels,
  index: number,
  known: Pick<Picture, "origin" | "class" | "given">,
): Picture {
  const size = width * height * channels;
  const raw = data.subarray(index * size, (index + 1) * size);
  const rgb =
    channels === 3 ? raw : Uint8Array.from({ length: size * 3 }, (_, at) => raw[Math.floor(at / 3)] ?? 0);
  const png = encode({ width, height, data: rgb, channels: 3, depth: 8 });
  const name = `${String(index).padStart(6, "0")}.png`;
  const sha256 = createHash("sha256").update(png).digest("hex");
  return { ...known, name, sha256, width, height, load: async () => png };
}
