import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Checkpoint, ModelFacts, OptimizerFacts, Structure, Weights } from "../../src/contract/index.js";
import { compareBytes, deriveOptimizer, deriveStructure, deriveWeights } from "../../src/facts/index.js";
import { modelFacts } from "../../src/models/model-facts.js";
import { parseSavedModel } from "../../src/models/parse-saved-model.js";
import { REFERENCE } from "../reference.js";
import { checkpointOf } from "./build-model.js";

/** Small models that Keras itself wrote and trained, two versions and two formats of each. */
const folder = path.join(REFERENCE, "fixtures/keras");

async function load(name: string): Promise<ModelFacts> {
  const bytes = new Uint8Array(readFileSync(path.join(folder, name)));
  return modelFacts(await parseSavedModel({ main: name, files: new Map([[name, bytes]]) }));
}

interface Facts {
  structure: Structure;
  weights: Weights;
  optimizer: OptimizerFacts | null;
}

describe.each(["k3.10.0.keras", "k3.10.0.h5", "k3.15.1.keras", "k3.15.1.h5"])(
  "models written as %s",
  (suffix) => {
    let checkpoint: Checkpoint;

    beforeAll(async () => {
      if (!existsSync(folder)) return;
      const untrained = await load(`compiled-never-fit.${suffix}`);
      const { layers } = deriveStructure([untrained], []);
      const base = new Set(layers.filter((layer) => layer.part === "base").map((layer) => layer.path));
      checkpoint = checkpointOf({
        ...untrained,
        weights: untrained.weights.filter(({ layer }) => base.has(layer)),
      });
    });

    async function factsOf(name: string): Promise<Facts> {
      const model = await load(`${name}.${suffix}`);
      const structure = deriveStructure([model], [checkpoint]);
      return {
        structure,
        weights: deriveWeights([model], structure, [checkpoint]),
        optimizer: deriveOptimizer([model]),
      };
    }

    it.for([
      ["feature-extraction", 16, 4, 6],
      ["fine-tuned", 10, 8, 6],
      ["froze-after-fit", 0, 14, 6],
      ["head-frozen", 16, 2, 6],
      ["flat-graph", 16, 2, 6],
      ["augmented-schedule", 16, 2, 6],
      ["compiled-never-fit", 16, 0, 0],
    ] as const)("know what was trained in %s", async ([name, identical, slots, iterations], ctx) => {
      if (!existsSync(folder)) return ctx.skip("The reference models are not here.");
      const { structure, weights, optimizer } = await factsOf(name);
      expect(structure.base).toMatchObject({ recognisedBy: "its weights", lastLayer: "pw2_relu" });
      expect(structure.head.units).toBe(4);
      expect(weights.checkpoint).toMatchObject({ compared: 16, identical, unrelated: 0 });
      expect(compareBytes(structure, weights)?.excused).toEqual([]);
      expect(optimizer).toMatchObject({ iterations });
      expect(optimizer?.trained).toHaveLength(slots);
    });

    it("know a random base by what training would have changed", async (ctx) => {
      if (!existsSync(folder)) return ctx.skip("The reference models are not here.");
      const { weights } = await factsOf("random-base");
      expect(weights).toMatchObject({
        checkpoint: null,
        randomBase: expect.stringMatching(/as at creation/),
      });
    });
  },
);
