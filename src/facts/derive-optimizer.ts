import type { ModelFacts, OptimizerFacts } from "../contract/index.js";
import { composeModels } from "./compose-models.js";

/**
 * The optimizer saved with the model, its slots under the paths of the composed network; null when none was saved.
 * @throws RangeError for an empty list.
 */
export function deriveOptimizer(models: readonly ModelFacts[]): OptimizerFacts | null {
  return composeModels(models).optimizer;
}
