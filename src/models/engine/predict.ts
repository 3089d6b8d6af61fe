import { readFileSync } from "node:fs";
import path from "node:path";
import type { Preprocessing, SavedModel } from "../../contract/index.js";
import { parseSavedModel } from "../parse-saved-model.js";
import type { ParsedModel } from "../parsed-model.js";
import { featureNetwork, withRandomWeights } from "../prediction/feature-network.js";
import type { ImageModel } from "../prediction/image-model.js";
import { loadBackend } from "../prediction/load-backend.js";
import { predictImages } from "../prediction/predict-images.js";
import { readyGraph } from "../prediction/ready-graph.js";
import { asImageModel, readyNetwork } from "../prediction/run-network.js";
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
  const saved = job.models.map((model) => unstageModel(model, read));
  const parsed = saved.map(parseSavedModel);
  const backend = await loadBackend();
  const used = await Promise.all(
    parsed.map((model, index) => ready(saved[index] as SavedModel, model, job.features)),
  );
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

async function ready(
  saved: SavedModel,
  parsed: ParsedModel,
  features: PredictJob["features"],
): Promise<ImageModel> {
  if (parsed.format === "tfjs-graph" && parsed.network && !features)
    return readyGraph(saved, parsed.network.flat);
  const network = readyNetwork(parsed, saved.main);
  if (!features) return asImageModel(network);
  const base = featureNetwork(network);
  return asImageModel(features.randomSeed === null ? base : withRandomWeights(base, features.randomSeed));
}
