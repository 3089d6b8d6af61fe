import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import pMap from "p-map";
import type { SplitName } from "../contract/index.js";
import { datasetInvalid } from "./dataset-invalid.js";
import type { Picture } from "./picture.js";
import { pictureSize } from "./picture-size.js";

/** What teachers call the folders of a divided data set. */
const SPLIT_FOLDERS = new Map<string, SplitName>([
  ["train", "train"],
  ["training", "train"],
  ["val", "validation"],
  ["valid", "validation"],
  ["validation", "validation"],
  ["test", "hidden"],
  ["testing", "hidden"],
  ["hidden", "hidden"],
  ["shifted", "shifted"],
]);

/** Left by systems in folders of pictures; anything else that is no picture is worth a word. */
const STRAY = new Set(["Thumbs.db", "desktop.ini", "__MACOSX"]);

/**
 * The pictures of a folder: `<class>/<file>`, or `<split>/<class>/<file>` where every folder at the top is a split.
 * @throws FrostlineFault `dataset-invalid` naming the file or folder that does not fit
 */
export async function collectFolder(folder: string): Promise<Picture[]> {
  const { folders, files } = await contents(folder);
  if (files[0] !== undefined && folders.length === 0)
    throw datasetInvalid(basename(folder), `it holds files such as \`${files[0]}\` but no folders`);
  const splits = folders.map((name) => SPLIT_FOLDERS.get(name.toLowerCase()));
  if (!splits.includes("train") || splits.includes(undefined)) return collectClasses(folder, "", null);
  if (new Set(splits).size < splits.length)
    throw datasetInvalid(basename(folder), `two of its folders (${folders.join(", ")}) mean the same split`);
  const given = await Promise.all(
    folders.map((name, index) => collectClasses(join(folder, name), `${name}/`, splits[index] ?? null)),
  );
  return given.flat();
}

async function collectClasses(folder: string, origin: string, given: SplitName | null): Promise<Picture[]> {
  const { folders } = await contents(folder);
  const ofClasses = await Promise.all(
    folders.map(async (label) => {
      const inside = await contents(join(folder, label));
      if (inside.folders[0] !== undefined)
        throw datasetInvalid(
          origin + label,
          `it holds a folder, \`${inside.folders[0]}\`, among its pictures`,
        );
      if (inside.files.length === 0) throw datasetInvalid(origin + label, "it holds no pictures");
      const read = (name: string) =>
        readPicture(join(folder, label, name), {
          name,
          class: label,
          given,
          origin: `${origin}${label}/${name}`,
        });
      return pMap(inside.files, read, { concurrency: 8 });
    }),
  );
  return ofClasses.flat();
}

async function readPicture(
  path: string,
  known: Pick<Picture, "name" | "origin" | "class" | "given">,
): Promise<Picture> {
  const bytes = await readFile(path);
  const size = pictureSize(bytes);
  if (!size)
    throw datasetInvalid(known.origin, "it is neither a PNG nor a JPEG picture", {
      expected: "PNG or JPEG pictures only",
      hint: "Convert or remove the file and add the data set again.",
    });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ...known, sha256, width: size.width, height: size.height, load: () => readFile(path) };
}

/** Names in a folder in code-unit order, hidden and stray ones left out; links count as what they point to. */
async function contents(folder: string): Promise<{ folders: string[]; files: string[] }> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".") && !STRAY.has(name)).sort();
  const kinds = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).isDirectory()));
  return {
    folders: names.filter((_, index) => kinds[index]),
    files: names.filter((_, index) => !kinds[index]),
  };
}
