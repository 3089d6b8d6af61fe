import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { listed, plural } from "../../src/facts/index.js";
import { measured, notApplicable, scored, undecided } from "../verdicts.js";

/** No hidden image was handed in for training. */
export default defineGrader({
  id: "data-leakage",
  title: "No hidden images among one's own",
  why: "A network that has seen the images it is tried on says nothing of how it does on new ones: this is data leakage.",
  needs: ["leakage"],
  uses: [],
  options: Type.Object(
    {
      maxSame: Type.Integer({
        minimum: 0,
        default: 0,
        description: "Most images handed in that may have the pixels of a hidden one.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ leakage }, { maxSame }): Verdict {
    const { pictures, unreadable, hidden, same, near } = leakage;
    if (pictures + unreadable === 0) return notApplicable("No images were handed in.");
    const compared = `${plural(pictures, "image")} handed in, compared with ${hidden} hidden ones`;
    const expected =
      maxSame === 0 ? "No hidden image handed in" : `At most ${plural(maxSame, "hidden image")} handed in`;
    const unread =
      unreadable === 0 ? "" : ` ${plural(unreadable, "more file")} could not be decoded as PNG or JPEG.`;
    if (same.length > maxSame) {
      return scored({
        score: 0,
        found: `${compared}: ${same.length} of them ${same.length === 1 ? "has" : "have"} exactly the pixels of a hidden one (${listed(same)}).${unread}`,
        expected,
        advice: "Train on the images of the assignment only, and take these out.",
        proof: "proved",
      });
    }
    if (near.length > 0 || pictures === 0) {
      return undecided(
        near.length > 0
          ? `${compared}: ${near.length} of them ${near.length === 1 ? "resembles" : "resemble"} a hidden one more than any given for training (${listed(near)}), so a person has to look.`
          : `The images handed in could not be compared.${unread}`,
      );
    }
    return scored({
      score: 1,
      found: `${compared}: ${same.length === 0 ? "none is" : `${same.length} are`} among them.${unread}`,
      expected,
      proof: "proved",
      details: [measured("Images handed in", String(pictures))],
    });
  },
});
