import { describe, expect, it } from "vitest";
import { fineTuning, samplePhase, samplePhases, sampleWeights } from "../../graders/case-evidence.js";
import { trainingCurves } from "../../src/facts/index.js";

const history = { loss: [0.9], acc: [0.5], val_loss: [1.1], lr: [0.001] };
const oneEpoch = samplePhase(["head"], { epochs: { asked: 1, run: 1 }, history });
const fineTuned = fineTuning(["block4_conv"], { history: { loss: [0.4, 0.3] } });

describe("trainingCurves", () => {
  it("joins the epochs of one phase that a program fitted one by one", () => {
    const again = { ...oneEpoch, recompiled: false, history: { loss: [0.7], acc: [0.6], val_loss: [1] } };
    expect(trainingCurves(samplePhases([oneEpoch, again, fineTuned]), sampleWeights())).toEqual([
      { phase: 0, name: "loss", values: [0.9, 0.7] },
      { phase: 0, name: "accuracy", values: [0.5, 0.6] },
      { phase: 0, name: "val_loss", values: [1.1, 1] },
      { phase: 1, name: "loss", values: [0.4, 0.3] },
    ]);
  });

  it("leaves out a name that one of the fits of a phase did not record", () => {
    const unwatched = { ...oneEpoch, recompiled: false, history: { loss: [0.7] } };
    const curves = trainingCurves(samplePhases([oneEpoch, unwatched]), sampleWeights());
    expect(curves).toEqual([{ phase: 0, name: "loss", values: [0.9, 0.7] }]);
  });

  it("counts every fit as a phase where no weights tell them apart", () => {
    const curves = trainingCurves(samplePhases([oneEpoch, { ...oneEpoch, history: { loss: [0.7] } }]), null);
    expect(curves.filter((curve) => curve.name === "loss").map((curve) => curve.phase)).toEqual([0, 1]);
  });
});
