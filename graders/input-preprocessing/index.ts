import { Type } from "@sinclair/typebox";
import { ASSUMED_INPUT, defineGrader, type Verdict } from "../../src/contract/index.js";
import { fall, rate } from "../../src/facts/index.js";
import { measured, parsed, scored, undecided } from "../verdicts.js";
import { CONVENTIONS, conventionOf } from "./conventions.js";
import { farthest, pixelRange } from "./pixel-range.js";
import { preparedBy } from "./prepared-by.js";

/** Pixels reach the base as they did when it was pretrained. */
export default defineGrader({
  id: "input-preprocessing",
  title: "Input preprocessing",
  why: "A base sees sense only in pixels scaled as in its own training; other scales look like noise to it.",
  needs: ["structure", "heldOut"],
  uses: [],
  options: Type.Object(
    {
      expect: Type.Union([Type.Literal("family"), ...CONVENTIONS.map(({ name }) => Type.Literal(name))], {
        default: "family",
        description: "The scaling asked for; `family` takes what the base's architecture was published with.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ structure, heldOut }, { expect }): Verdict {
    const family = structure.base?.family ?? "none";
    const convention = conventionOf(expect, family);
    if (!convention) return undecided(`How the base (${family}) expects its pixels is not known.`);
    const inside = preparedBy(structure, convention.inside);
    if (inside.state === "unclear") return undecided(inside.why);
    const { step, origin } = heldOut.preprocessing;
    if (origin === ASSUMED_INPUT && inside.steps.length === 0) {
      return undecided("How training prepared its images could not be recognised.");
    }
    const got = pixelRange([step, ...inside.steps]);
    const want = pixelRange([convention.step]);
    const off = farthest(got, want);
    const turned = step.channels !== convention.step.channels;
    return scored({
      score: turned ? 0 : fall(off, 0.05, 0.5),
      found: `Pixels of 0..255 reach the base as ${shown(got)}${turned ? `, with the channels in the order ${step.channels.toUpperCase()}` : ""}.`,
      expected: `${convention.title}: ${shown(want)}, channels in the order ${convention.step.channels.toUpperCase()}`,
      advice: `Prepare training and validation images alike: ${convention.advice}.`,
      proof: "consistent",
      details: [
        measured("Prepared outside the network", `${step.name}: ${origin}`),
        parsed("Prepared inside the network", inside.steps.map((one) => one.name).join(", ") || "nothing"),
        parsed("Off by", `${rate(off)} of the range`),
      ],
    });
  },
});

function shown(range: ReturnType<typeof pixelRange>): string {
  const texts = range.map(({ black, white }) => `${short(black)} to ${short(white)}`);
  return new Set(texts).size === 1 ? String(texts[0]) : texts.join(", ");
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
