import { readFileSync } from "node:fs";
import path from "node:path";
import type { Preprocessing } from "../../contract/index.js";
import { parseSavedModel } from "../parse-saved-model.js";
import { featureNetwork, withRandomWeights } from "../prediction/feature-network.js";
import { loadBackend } from "../prediction/load-backend.js";
import { predictImages } from "../prediction/predict-images.js";
import { type ReadyNetwork, readyNetwork } from "../prediction/run-network.js";
import { type StagedModel, unstageModel } from "../staged-models.js";
import { answer } from "./answer.js";

interface PredictJob {
  models: StagedModel[];
  /** Number of images; each is a file `0.png`, `1.png`, ... of either format. */
  images: number;
  imageSize: number;
  /** What is done to the pixels; the images are predicted once under each. */
  steps: Preprocessing[];
  /** Pooled features of the only model in place of its answers; with a seed those of random weights. Null for answers. */
  features: { randomSeed: number | null } | null;
}

// Runs in a jail that holds the models and the images, without names or labels: argv[2] is the folder of the job.
await answer(async () => {
  const folder = process.argv[2] ?? "";
  const read = (name: string): Uint8Array => readFileSync(path.join(folder, name));
  const job = JSON.parse(readFileSync(path.join(folder, "job.json"), "utf8")) as PredictJob;
  const parsed = job.models.map((model) => ({
    file: model.main,
    model: parseSavedModel(unstageModel(model, read)),
  }));
  const backend = await loadBackend();
  const networks = parsed.map(({ model, file }) => readyNetwork(model, file));
  const used = job.features
    ? networks.map((network) => asFeatures(network, job.features?.randomSeed ?? null))
    : networks;
  const parts = job.steps.map((preprocessing) =>
    predictImages(used, {
      count: job.images,
      read: (index) => read(`${index}.png`),
      imageSize: job.imageSize,
      preprocessing,
      pooled: job.features !== null,
    }),
  );
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const body = Buffer.concat(parts.map(({ values }) => new Uint8Array(values.buffer)));
  return { header: { backend, rows, outputs: parts[0]?.outputs ?? 0 }, body };
});

function asFeatures(network: ReadyNetwork, randomSeed: number | null): ReadyNetwork {
  const base = featureNetwork(network);
  return randomSeed === null ? base : withRandomWeights(base, randomSeed);
}
