import { readFileSync } from "node:fs";
import path from "node:path";
import type { SavedModel } from "../../contract/index.js";
import { parseSavedModel } from "../parse-saved-model.js";
import type { ParsedModel } from "../parsed-model.js";
import type { PredictJob, StagedMaps } from "../predict-job.js";
import { type FeatureMaps, featureMaps } from "../prediction/feature-maps.js";
import { featureNetwork, withRandomWeights } from "../prediction/feature-network.js";
import type { ImageModel } from "../prediction/image-model.js";
import { loadBackend } from "../prediction/load-backend.js";
import { predictFromMaps } from "../prediction/predict-from-maps.js";
import { imageRows, joined, type PredictedRows, predictRows, type Rows } from "../prediction/predict-rows.js";
import { readyGraph } from "../prediction/ready-graph.js";
import { asImageModel, type ReadyNetwork, readyNetwork } from "../prediction/run-network.js";
import { unstageModel } from "../staged-models.js";
import { type Answer, answer } from "./answer.js";

const folder = process.argv[2] ?? "";
const read = (name: string): Uint8Array => readFileSync(path.join(folder, name));

// Runs in a jail that holds the models and the images, without names or labels: argv[2] is the folder of the job.
await answer(async () => {
  const job = JSON.parse(readFileSync(path.join(folder, "job.json"), "utf8")) as PredictJob;
  const models = job.models.map((staged) => {
    const saved = unstageModel(staged, read);
    return { saved, parsed: parseSavedModel(saved) };
  });
  await loadBackend();
  const { want } = job;
  if (want.what === "answers") return answers(job, await Promise.all(models.map(ready)));
  const base = featureNetwork(readyNetwork(firstOf(models).parsed, firstOf(models).saved.main));
  return want.what === "pooled" ? pooled(job, base, want.randomSeed) : maps(job, base, want.halfPixelCentres);
});

interface Ready {
  readonly model: ImageModel;
  /** Null for a graph, whose inside is computed by TensorFlow.js. */
  readonly network: ReadyNetwork | null;
}

async function ready({ saved, parsed }: { saved: SavedModel; parsed: ParsedModel }): Promise<Ready> {
  if (parsed.format === "tfjs-graph" && parsed.network)
    return { model: await readyGraph(saved, parsed.network.flat), network: null };
  const network = readyNetwork(parsed, saved.main);
  return { model: asImageModel(network), network };
}

function answers(job: PredictJob, ready: readonly Ready[]): Answer {
  const known = job.known.map(readMaps);
  const models = ready.map(({ model }) => model);
  const { network } = firstOf(ready);
  const parts = eachStep(job, firstOf(models), (images) =>
    network && known.length > 0
      ? predictFromMaps(network, models.slice(1), images, known)
      : predictRows(models, images),
  );
  return rowsAnswer(parts);
}

function pooled(job: PredictJob, base: ReadyNetwork, randomSeed: number | null): Answer {
  const model = asImageModel(randomSeed === null ? base : withRandomWeights(base, randomSeed));
  return rowsAnswer(eachStep(job, model, (images) => predictRows([model], images, true)));
}

function maps(job: PredictJob, base: ReadyNetwork, halfPixelCentres: boolean): Answer {
  // A base may be published for one size; its layers before the head take any.
  const model = {
    ...asImageModel(base),
    inputs: [{ path: null, shape: [null, null, null, 3] }],
    halfPixelCentres,
  };
  const [found = []] = eachStep(job, model, (images) => featureMaps(base, images));
  return {
    header: { maps: found.map(({ weights, shape }) => ({ weights, shape })) },
    body: bytesOf(found.map(({ values }) => values)),
  };
}

/** Computes under every step, from images as the model takes them. */
function eachStep<T>(job: PredictJob, model: ImageModel, compute: (images: Rows) => T): T[] {
  const packed = read("images");
  let end = 0;
  const images = job.images.map((length) => {
    end += length;
    return packed.subarray(end - length, end);
  });
  const { imageSize } = job;
  return job.steps.map((preprocessing) => compute(imageRows(model, { images, imageSize, preprocessing })));
}

function rowsAnswer(parts: readonly PredictedRows[]): Answer {
  return {
    header: { rows: parts.reduce((sum, { rows }) => sum + rows, 0), outputs: parts[0]?.outputs ?? 0 },
    body: bytesOf(parts.map(({ values }) => values)),
  };
}

function readMaps({ weights, shape, staged }: StagedMaps): FeatureMaps {
  // A copy, because a file's bytes may begin where no number may.
  return { weights, shape, values: new Float32Array(new Uint8Array(read(staged)).buffer) };
}

function bytesOf(parts: readonly Float32Array[]): Uint8Array {
  return new Uint8Array(joined(parts).buffer);
}

function firstOf<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error("There is no model.");
  return first;
}
