import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { type BaseLayer, baseLayers, fall, listed, plural, ramp } from "../../src/facts/index.js";
import { WhichPhase } from "../options.js";
import { parsed, scored, undecided } from "../verdicts.js";
import { advise } from "./advise.js";
import { openedIn } from "./opened-in.js";

/** How much of the base was opened for fine-tuning: counted in layers that carry weights, from the top. */
export default defineGrader({
  id: "unfrozen-layers",
  title: "Last layers of the base opened",
  why: "The last layers hold what is particular to the old task and gain from training; the first hold edges and colours that every task needs.",
  needs: ["structure", "weights"],
  uses: ["phases", "optimizer"],
  options: Type.Object(
    {
      phase: WhichPhase("last"),
      min: Type.Integer({
        minimum: 0,
        default: 1,
        description: "Fewest layers to open. Only layers with weights count; normalisation layers do not.",
      }),
      max: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        default: null,
        description: "Most layers to open; null for any number.",
      }),
      fromTop: Type.Boolean({
        default: true,
        description: "The opened layers must be the last of the base.",
      }),
      batchNormFrozen: Type.Boolean({
        default: false,
        description: "Normalisation layers must stay frozen.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ structure, weights, phases, optimizer }, options): Verdict {
    const layers = baseLayers(structure, weights);
    const expected = expectation(options);
    if (!structure.base) {
      return scored({
        score: 0,
        found: "No pretrained base was recognised in the network.",
        expected,
        advice: "Build on a base of the assignment.",
        proof: "proved",
      });
    }
    const opened = openedIn({ structure, weights, phases, optimizer, layers }, options.phase);
    if (opened.state === "unknown") return undecided(opened.why);
    if (opened.state === "missing") return scored({ score: 0, expected, proof: "claimed", ...opened.words });
    const counted = opened.layers.filter((layer) => !layer.normalisation);
    const normalisation = opened.layers.length - counted.length;
    const gap = options.fromTop ? frozenAbove(layers, counted) : 0;
    const touched = options.batchNormFrozen && normalisation > 0;
    const amount = inRange(counted.length, options);
    return scored({
      score: amount * (gap > 0 ? 0.5 : 1) * (touched ? 0.5 : 1),
      found: [
        `${opened.where} trained ${plural(counted.length, "weight-carrying layer")} of the base`,
        counted.length > 0 ? ` (${listed(counted.map((layer) => layer.name))})` : "",
        normalisation > 0 ? ` and ${plural(normalisation, "normalisation layer")}` : "",
        gap > 0 ? `, with ${plural(gap, "frozen layer")} above the lowest of them` : "",
        ".",
      ].join(""),
      expected,
      advice: advise(
        { counted: counted.length, declared: opened.declared, gap, touched, runtime: structure.runtime },
        options,
      ),
      proof: opened.proof,
      details: [
        parsed(
          "Layers of the base with weights, without normalisation",
          String(layers.filter((one) => !one.normalisation).length),
        ),
        ...opened.details,
      ],
    });
  },
});

/** Layers of the base above the lowest opened one that stayed frozen. */
function frozenAbove(layers: readonly BaseLayer[], opened: readonly BaseLayer[]): number {
  const ranked = layers.filter((layer) => !layer.normalisation);
  const lowest = ranked.findIndex((layer) => opened.includes(layer));
  return lowest < 0 ? 0 : ranked.length - lowest - opened.length;
}

/** All points in the range, fewer towards none of the asked layers or twice as many as allowed. */
function inRange(count: number, { min, max }: { min: number; max: number | null }): number {
  if (count < min) return ramp(count, 0, min);
  return max === null ? 1 : fall(count, max, 2 * max + 1);
}

function expectation({
  phase,
  min,
  max,
  fromTop,
  batchNormFrozen,
}: {
  phase: number | "last";
  min: number;
  max: number | null;
  fromTop: boolean;
  batchNormFrozen: boolean;
}): string {
  const count = max === null ? `at least ${min}` : min === max ? String(min) : `${min} to ${max}`;
  const which = fromTop ? "of the last layers" : "layers";
  const frozen = batchNormFrozen ? ", BatchNormalization frozen" : "";
  return `In ${phase === "last" ? "the last phase" : `phase ${phase}`}, ${count} ${which} of the base opened (layers with weights, without normalisation)${frozen}`;
}
