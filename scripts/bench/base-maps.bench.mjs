// Predictions of a network on a frozen base, from images and from the feature maps of that base, which are computed once
// for a class: whole jails, in turn. The answers must be the same bits.
import { readFileSync } from "node:fs";
import path from "node:path";
import { baseMaps, predict } from "../../dist/src/models/index.js";
import { openSandbox } from "../../dist/src/sandbox/index.js";
import { openStore, readSavedModel } from "../../dist/src/store/index.js";

const ROUNDS = 7;
const root = path.resolve(import.meta.dirname, "../..");
const context = { sandbox: await openSandbox({ unsafe: false }), root };
const store = openStore({ root });
const base = await store.openBase("efficientnet-lite0-stage5");
const dataset = await store.openDataset("emoji");
const saved = await readSavedModel(path.join(base.folder, "model.json"));

const examples = ["hidden", "train", "shifted"].flatMap((split) => dataset.examples(split));
const images = examples.map((example) => readFileSync(example.path));
const inputs = { images, imageSize: 64, preprocessing: base.facts.preprocessing };

async function timed(work) {
  const started = performance.now();
  const { state, value } = await work();
  if (state !== "found") throw new Error(`The engine gave no answer: ${state}.`);
  return { ms: performance.now() - started, value };
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

// A model of Keras origin, as this one, is given images resized with half-pixel centres.
const maps = await timed(() => baseMaps(context, saved, inputs, true));
const [whole, behind] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  const fromImages = await timed(() => predict(context, [saved], inputs));
  const fromMaps = await timed(() => predict(context, [saved], inputs, maps.value));
  if (!Buffer.from(fromImages.value.values.buffer).equals(Buffer.from(fromMaps.value.values.buffer)))
    throw new Error("The answers differ.");
  whole.push(fromImages.ms);
  behind.push(fromMaps.ms);
}
const ratio = median(whole.map((ms, round) => ms / behind[round]));
console.log(`${images.length} images of 64 px; medians of ${ROUNDS} turns, jails included`);
console.log(`the maps, once a class      ${maps.ms.toFixed(0)} ms`);
console.log(`a submission, from images   ${median(whole).toFixed(0)} ms`);
console.log(
  `a submission, from maps     ${median(behind).toFixed(0)} ms, ${ratio.toFixed(1)} times faster, the same bits`,
);
