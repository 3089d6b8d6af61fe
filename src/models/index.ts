export { baseMaps } from "./base-maps.js";
export { completeTopology } from "./complete-topology.js";
export { picturePrints } from "./picture-prints.js";
export { backendOf, baseFeatures, predict, predictUnder } from "./predict.js";
export type { FeatureMaps } from "./prediction/feature-maps.js";
export { readModel } from "./read-model.js";
export { type RecognisedModel, recogniseFormat } from "./recognise-format.js";
export type { JailContext } from "./run-engine.js";
export { weightStatistics } from "./weights/weight-statistics.js";
