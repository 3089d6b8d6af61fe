import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Static, Type } from "@sinclair/typebox";
import { FrostlineFault, nearest, Preprocessing, parseJson } from "../contract/index.js";

const PublishedCheckpoint = Type.Object({
  /** Name in the store, such as `vgg16`, `mobilenet-0.25-224` or `vgg16-top`. */
  name: Type.String(),
  /** The function of `keras.applications`, and what it is called with. */
  family: Type.String(),
  arguments: Type.Record(Type.String(), Type.Union([Type.Boolean(), Type.Number()])),
  file: Type.String(),
  address: Type.String(),
  /** As Keras has it; null where Keras has none. */
  hash: Type.Union([
    Type.Object({
      algorithm: Type.Union([Type.Literal("md5"), Type.Literal("sha256")]),
      value: Type.String(),
    }),
    Type.Null(),
  ]),
});
export type PublishedCheckpoint = Static<typeof PublishedCheckpoint>;

const Published = Type.Object({
  /** The version that was asked. */
  keras: Type.String(),
  /** What each network's `preprocess_input` does, by family. */
  preprocessing: Type.Record(Type.String(), Preprocessing),
  checkpoints: Type.Array(PublishedCheckpoint),
});
export type Published = Static<typeof Published>;

/**
 * Every weights file of `keras.applications`, as `scripts/make-published-checkpoints.py` asked Keras for it.
 * @param bundled the folder of bundled entries, beside which the list lies
 */
export async function readPublished(bundled: string): Promise<Published> {
  const file = join(bundled, "..", "published-checkpoints.json");
  return parseJson(Published, await readFile(file, "utf8"), file);
}

/**
 * The checkpoint that a name means: its own name, its file, or its network, which means the largest variant without
 * the top. Null when there is none.
 */
export function findPublished({ checkpoints }: Published, asked: string): PublishedCheckpoint | null {
  const name = asked.toLowerCase();
  return (
    checkpoints.find((one) => one.name === name || one.file.toLowerCase() === name) ??
    checkpoints.find((one) => isPlain(one) && one.family.toLowerCase() === name) ??
    null
  );
}

/** What `weights='imagenet'` loads where a program says nothing of width and size. */
function isPlain({ name, arguments: { include_top, alpha, minimalistic } }: PublishedCheckpoint): boolean {
  return !include_top && (alpha ?? 1) === 1 && !minimalistic && !/-(?:96|128|160|192)$/.test(name);
}

/** @throws FrostlineFault `option-invalid` with the nearest name */
export function mustFindPublished(published: Published, asked: string): PublishedCheckpoint {
  const found = findPublished(published, asked);
  if (found) return found;
  const near = nearest(
    asked.toLowerCase(),
    published.checkpoints.map(({ name }) => name),
  );
  throw new FrostlineFault("option-invalid", {
    option: "The checkpoint to pull",
    found: `\`${asked}\``,
    expected: "A network of `keras.applications`, such as `vgg16`, or one of its weight files",
    hint: `${near ? `Did you mean \`${near}\`? ` : ""}\`frostline store pull --list\` names all of them.`,
  });
}
