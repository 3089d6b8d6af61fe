import { createHash } from "node:crypto";
import { FrostlineFault } from "../contract/index.js";
import type { KnownBase } from "./known-bases.js";
import type { Published, PublishedCheckpoint } from "./published.js";

/**
 * What is known of a published weights file by its name, once its bytes are proven to be the published ones; null for
 * other files.
 * @throws FrostlineFault `download-differs`
 */
export function publishedBase(
  { keras, preprocessing, checkpoints }: Published,
  file: string,
  bytes: Uint8Array = new Uint8Array(),
): KnownBase | null {
  const checkpoint = checkpoints.find((one) => one.file === file);
  if (!checkpoint) return null;
  const { name, family, arguments: given, address, hash } = checkpoint;
  if (hash) checkPublishedHash(checkpoint, createHash(hash.algorithm).update(bytes).digest("hex"));
  return {
    name,
    title: `${family} (${name}), trained on ImageNet, as Keras ${keras} loads it`,
    family,
    licence: "not stated",
    addresses: [address],
    arguments: given,
    preprocessing: preprocessing[family] ?? null,
  };
}

/** @throws FrostlineFault `download-differs` where `found` is not the hash that Keras has */
export function checkPublishedHash({ file, hash }: PublishedCheckpoint, found: string): void {
  if (!hash || found === hash.value) return;
  const { algorithm, value } = hash;
  throw new FrostlineFault("download-differs", { file, algorithm, found, expected: value });
}
