import type { Runtime } from "../../src/contract/index.js";
import { inLanguage } from "../../src/facts/index.js";

export const APPROACHES = ["feature-extraction", "fine-tuning", "full-training"] as const;
export type Approach = (typeof APPROACHES)[number];

export type Recognised = Approach | "no-training" | "from-scratch";

export function describeApproach(approach: Recognised): string {
  switch (approach) {
    case "feature-extraction":
      return "feature extraction";
    case "fine-tuning":
      return "fine-tuning";
    case "full-training":
      return "training of the whole network";
    case "from-scratch":
      return "training from scratch";
    case "no-training":
      return "no training at all";
  }
}

/** What to change to follow the approach. */
export function howTo(approach: Approach, runtime: Runtime): string {
  const freeze = inLanguage(
    runtime,
    "base.layers.forEach(l => l.trainable = false)",
    "base.trainable = False",
  );
  const open = inLanguage(runtime, "layer.trainable = true", "layer.trainable = True");
  switch (approach) {
    case "feature-extraction":
      return `Load a pretrained base, freeze it (\`${freeze}\`), and train only your head.`;
    case "fine-tuning":
      return `Train your head on the frozen base first; then open the last layers (\`${open}\`), compile with a low learning rate, and train on.`;
    case "full-training":
      return `Leave every layer of the pretrained base open (\`${open}\`) from the first fit on, with a low learning rate.`;
  }
}
