export { completeTopology } from "./complete-topology.js";
export { picturePrints } from "./picture-prints.js";
export { backendOf, baseFeatures, predict, predictUnder } from "./predict.js";
export { readModel } from "./read-model.js";
export { type RecognisedModel, recogniseFormat } from "./recognise-format.js";
export type { JailContext } from "./run-engine.js";
export { weightStatistics } from "./weights/weight-statistics.js";
