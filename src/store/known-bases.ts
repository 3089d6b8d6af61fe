import type { Checkpoint } from "../contract/index.js";

export type KnownBase = Pick<
  Checkpoint,
  "title" | "family" | "licence" | "addresses" | "preprocessing" | "arguments"
> & {
  name: string;
};

const MOBILENET_V1 = /mobilenet_v1_(0\.25|0\.50|0\.75|1\.0)_(128|160|192|224)/;

/** What is known of a published base by the name of its folder, such as `mobilenet_v1_0.25_224`; null for others. */
export function knownBase(folder: string): KnownBase | null {
  const [name, alpha, size] = MOBILENET_V1.exec(folder.toLowerCase()) ?? [];
  if (!name) return null;
  return {
    name,
    title: `MobileNet V1, alpha ${alpha}, ${size} px, trained on ImageNet`,
    family: "MobileNet",
    licence: "Apache-2.0",
    addresses: [`/${name}/model.json`],
    preprocessing: { name: "minus-one-to-one", scale: [1 / 127.5], offset: [-1], channels: "rgb" },
  };
}
