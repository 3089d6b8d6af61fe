import { readFileSync } from "node:fs";
import path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { ModelFacts, parse, type SavedModel } from "../../src/contract/index.js";
import { modelFacts } from "../../src/models/model-facts.js";
import { ModelProblem } from "../../src/models/model-problem.js";
import { parseSavedModel } from "../../src/models/parse-saved-model.js";
import { ownFixtures } from "./keras-fixtures.js";
import { breakBytes, breakJson, type Random, seededRandom } from "./mutate.js";
import { saveWithTfjs, smallBase, trainBriefly, withHead } from "./save-with-tfjs.js";

/** More by `FROSTLINE_FUZZ=100000`, others by another seed. */
const INPUTS = Number(process.env["FROSTLINE_FUZZ"] ?? 2400);
const SEED = Number(process.env["FROSTLINE_FUZZ_SEED"] ?? 20261125);
/** Processor time, which other work on the machine does not lengthen. */
const MOST_CPU_MS = 2000;
const MOST_BYTES = 1024 ** 3;

type Breaker = (random: Random) => SavedModel;

const single = (name: string, bytes: Uint8Array): SavedModel => ({
  main: name,
  files: new Map([[name, bytes]]),
});

/** A graph model with its description changed. */
function graphModel(change: (description: Uint8Array) => Uint8Array): SavedModel {
  const read = (name: string): Uint8Array =>
    readFileSync(path.join(import.meta.dirname, "fixtures", "graph", "plain", name));
  const weights = "group1-shard1of1.bin";
  const files = new Map([
    ["model.json", change(read("model.json"))],
    [weights, read(weights)],
  ]);
  return { main: "model.json", files };
}

function onlyFinite(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${key} is ${value}`);
  return value;
}

/** Reads what a breaker made, as the parse jail does: facts that fit their schema, or a refusal by name. */
function outcomeOf(saved: SavedModel): "read" | "refused" {
  try {
    const facts: unknown = JSON.parse(JSON.stringify(modelFacts(parseSavedModel(saved)), onlyFinite));
    parse(ModelFacts, facts, "facts");
    return "read";
  } catch (error) {
    if (error instanceof ModelProblem) return "refused";
    throw error;
  }
}

function runAll(breakers: readonly Breaker[], count: number): Record<"read" | "refused", number> {
  const random = seededRandom(SEED);
  const outcomes = { read: 0, refused: 0 };
  const taken = process.memoryUsage().rss;
  for (let i = 0; i < count; i++) {
    const saved = (breakers[i % breakers.length] as Breaker)(random);
    const before = process.cpuUsage();
    outcomes[outcomeOf(saved)]++;
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000, `input ${i} of ${saved.main}`).toBeLessThan(MOST_CPU_MS);
  }
  expect(process.memoryUsage().rss - taken).toBeLessThan(MOST_BYTES);
  return outcomes;
}

test("broken bytes of any format are read or refused by name, quickly and in little memory", async () => {
  await tf.setBackend("cpu");
  const model = withHead(smallBase());
  await trainBriefly(model);
  const tfjs = await saveWithTfjs(model, { includeOptimizer: true });
  const description = tfjs.files.get("model.json") ?? new Uint8Array();
  const shapes = path.join(import.meta.dirname, "fixtures", "hdf5", "values-old.h5");
  const breakers: Breaker[] = [
    ...ownFixtures().map(({ file, saved }): Breaker => {
      const bytes = saved.files.get(file) ?? new Uint8Array();
      return (random) => single(file, breakBytes(bytes, random));
    }),
    (random) => ({
      ...tfjs,
      files: new Map([...tfjs.files, ["model.json", breakBytes(description, random)]]),
    }),
    (random) => single("values.weights.h5", breakBytes(readFileSync(shapes), random)),
    (random) => graphModel((bytes) => breakBytes(bytes, random)),
  ];
  const outcomes = runAll(breakers, INPUTS / 2);
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(INPUTS / 40);
});

test("configurations with values of the wrong kind are read or refused by name", async () => {
  await tf.setBackend("cpu");
  const tfjs = await saveWithTfjs(withHead(smallBase()));
  const description = JSON.parse(Buffer.from(tfjs.files.get("model.json") ?? []).toString()) as object;
  const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));
  const archives = ownFixtures().filter(({ file }) => file.endsWith(".keras"));
  const breakers: Breaker[] = [
    ...archives.map(({ file, saved }): Breaker => {
      const members = unzipSync(saved.files.get(file) ?? new Uint8Array());
      const config = JSON.parse(Buffer.from(members["config.json"] ?? []).toString()) as object;
      return (random) =>
        single(file, zipSync({ ...members, "config.json": json(breakJson(config, random)) }, { level: 0 }));
    }),
    (random) => ({
      ...tfjs,
      files: new Map([...tfjs.files, ["model.json", json(breakJson(description, random))]]),
    }),
    (random) =>
      graphModel((bytes) => json(breakJson(JSON.parse(new TextDecoder().decode(bytes)) as object, random))),
  ];
  const outcomes = runAll(breakers, INPUTS / 2);
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(INPUTS / 40);
});
