import * as tf from "@tensorflow/tfjs";
import type { Bases } from "../bases.js";
import { disposeSnapshot, takeSnapshot } from "../model-snapshot.js";
import { namedError } from "../named-error.js";
import type { RecorderContext } from "./context.js";
import { hook } from "./hook.js";
import { isLayersModel, type ModelInternals } from "./model-internals.js";
import { short } from "./short.js";

type Load = (source: unknown, options?: unknown) => Promise<object>;
type Save = (
  this: ModelInternals,
  target: unknown,
  config?: { includeOptimizer?: boolean },
) => Promise<unknown>;

/**
 * Records which models are loaded and saved. What is saved is taken as it is at that moment.
 * @param namespace the tf object of the program, which gets the loaders
 */
export function recordFiles(
  context: RecorderContext,
  namespace: Record<string, unknown>,
  bases: Bases,
): void {
  const record = async (source: unknown, load: () => Promise<object>): Promise<object> => {
    const address = addressOf(source);
    const base = /^https?:/.test(address) ? bases.find(address) : undefined;
    if (/^https?:/.test(address) && base === undefined)
      throw namedError("BaseNotOfferedError", bases.refusal(address));
    const model = await load();
    const layers = isLayersModel(model);
    const ref = layers
      ? context.models.registerBase(model)
      : context.models.refGraph(model, address.split("/").slice(-2, -1)[0] ?? "graph");
    context.emit({
      ev: "base",
      model: ref,
      address: short(address, 2000),
      base: base?.base ?? null,
      kind: layers ? "layers" : "graph",
      weights: layers ? context.models.named(model).weights.length : graphWeights(model),
    });
    return model;
  };
  const layersLoader = tf.loadLayersModel as Load;
  const graphLoader = tf.loadGraphModel as Load;
  const loadLayersModel: Load = (source, options) =>
    record(source, () => layersLoader(fileAddress(source), options));
  const loadGraphModel: Load = (source, options) =>
    record(source, () => graphLoader(hubAddress(fileAddress(source), options), {}));
  Object.assign(namespace, { loadLayersModel, loadModel: loadLayersModel, loadGraphModel });

  hook<Save>(
    tf.LayersModel.prototype,
    "save",
    (original) =>
      async function (target, config = {}) {
        if (context.models.isInner(this)) return original.call(this, target, config);
        context.closeLoop();
        context.emit({
          ev: "save",
          model: context.models.ref(this),
          target: typeof target === "string" ? short(target, 2000) : "handler",
          includeOptimizer: config?.includeOptimizer === true,
        });
        const before = context.saved;
        context.saved = await takeSnapshot(this);
        disposeSnapshot(before);
        return original.call(this, target, config);
      },
  );
}

function addressOf(source: unknown): string {
  if (typeof source === "string") return source;
  const path: unknown =
    typeof source === "object" && source !== null && "path" in source ? source.path : "handler";
  return String(Array.isArray(path) ? path[0] : path);
}

/** tfjs-node wants `file://`; a bare path is what many programs give, and what they mean. */
function fileAddress(source: unknown): unknown {
  return typeof source === "string" && !source.includes("://") ? `file://${source}` : source;
}

function hubAddress(source: unknown, options: unknown): unknown {
  const fromHub =
    typeof options === "object" && options !== null && "fromTFHub" in options && options.fromTFHub;
  if (!fromHub || typeof source !== "string") return source;
  return `${source.replace(/\/+$/, "")}/model.json?tfjs-format=file`;
}

function graphWeights(model: object): number {
  const weights: unknown = "weights" in model ? model.weights : {};
  return Object.keys(weights ?? {}).length;
}
