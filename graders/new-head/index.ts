import { Type } from "@sinclair/typebox";
import { defineGrader, type Structure, type Verdict } from "../../src/contract/index.js";
import { listed, plural } from "../../src/facts/index.js";
import { Bound } from "../options.js";
import { parsed, scored } from "../verdicts.js";

const Names = (description: string) => Type.Array(Type.String(), { default: [], description });

/** The head: one unit a class, and pooling, activation and size as the rubric asks. */
export default defineGrader({
  id: "new-head",
  title: "New head",
  why: "The old head answers for the old classes; yours must answer for the new ones, without drowning the base in parameters.",
  needs: ["structure"],
  uses: [],
  options: Type.Object(
    {
      units: Type.Union([Type.Integer({ minimum: 1 }), Type.Literal("classes")], {
        default: "classes",
        description: "Units of the last layer: a number, or one a class of the assignment.",
      }),
      pooling: Names(
        "Accepted ways from feature maps to a vector: global-average, global-max, flatten; empty for any.",
      ),
      activation: Names("Accepted activations of the last layer, such as softmax; empty for any."),
      maxParameters: Bound("Largest number of parameters of the head; null for any."),
    },
    { additionalProperties: false },
  ),
  grade({ structure, classes }, options): Verdict {
    const { head } = structure;
    const units = options.units === "classes" ? classes.length : options.units;
    const misses = [
      ...miss(
        options.pooling,
        head.pooling,
        "pooling",
        "`GlobalAveragePooling2D` between base and head is the usual choice.",
      ),
      ...miss(options.activation, head.activation, "last activation", "Give the last layer that activation."),
      ...tooLarge(head.parameters, options.maxParameters),
    ];
    const asked = [options.pooling.length > 0, options.activation.length > 0, options.maxParameters !== null];
    const checks = asked.filter(Boolean).length;
    const right = head.units === units && head.layers.length > 0;
    const outputs = `${plural(head.units ?? 0, "output")} for ${plural(classes.length, "class", "classes")}`;
    return scored({
      // One output a class is what makes it a head for this task; the rest shares the other half.
      score: right ? 1 - misses.length / (2 * Math.max(1, checks)) : 0,
      found:
        head.layers.length === 0
          ? "Nothing stands on top of the base."
          : `The head (${listed(head.layers)}) has ${[outputs, ...misses.map((one) => one.found)].join("; ")}.`,
      expected: expectation(units, options),
      advice: right
        ? misses.map((one) => one.advice).join(" ")
        : `End the head with a dense layer of ${plural(units, "unit")}, one a class.`,
      proof: "proved",
      details: details(structure),
    });
  },
});

interface Miss {
  found: string;
  advice: string;
}

function miss(accepted: readonly string[], value: string | null, what: string, advice: string): Miss[] {
  if (accepted.length === 0 || accepted.includes(value ?? "")) return [];
  return [
    {
      found: `${what} ${value ?? "none"}`,
      advice: `Use ${accepted.join(" or ")} for the ${what}. ${advice}`,
    },
  ];
}

function tooLarge(parameters: number, most: number | null): Miss[] {
  if (most === null || parameters <= most) return [];
  return [
    {
      found: `${parameters} parameters`,
      advice: `Keep the head within ${most} parameters: global average pooling instead of Flatten saves most of them.`,
    },
  ];
}

function expectation(
  units: number,
  options: { pooling: readonly string[]; activation: readonly string[]; maxParameters: number | null },
): string {
  const parts = [plural(units, "unit")];
  if (options.pooling.length > 0) parts.push(`pooling by ${options.pooling.join(" or ")}`);
  if (options.activation.length > 0) parts.push(options.activation.join(" or "));
  if (options.maxParameters !== null) parts.push(`at most ${options.maxParameters} parameters`);
  return `A head with ${parts.join(", ")}`;
}

const details = ({ head }: Structure) => [
  parsed("Layers of the head", listed(head.layers, 8)),
  parsed("Parameters of the head", String(head.parameters)),
  parsed("Pooling", head.pooling ?? "none"),
  parsed("Last activation", head.activation ?? "none"),
];
