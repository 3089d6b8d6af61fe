import type { EngineEvent, EventOf } from "../../events.js";
import { isLayersModel, type LayerWeight, type ModelInternals, shapesOf } from "./model-internals.js";
import { type NamedModel, nameWeights } from "./weight-paths.js";

export type ModelRef = EventOf<"compile">["model"];

/** All models that were met, numbered; what they are is reported when they are first met. */
export interface ModelRegistry {
  ref(model: ModelInternals): ModelRef;
  /** Remembers a model that was made, without reporting it yet. */
  note(model: ModelInternals): void;
  /** A graph model has no layers to report. */
  refGraph(model: object, name: string): ModelRef;
  /** A loaded model, whose weights are recognised in other models from now on. */
  registerBase(model: ModelInternals): ModelRef;
  named(model: ModelInternals): NamedModel;
  /** The model of a number. */
  get(id: number): object | undefined;
  /** All layers models met or made so far. */
  all(): ModelInternals[];
  /** Whether this is the functional model inside a Sequential that is recorded itself. */
  isInner(model: object): boolean;
  /** Remembers the functional model inside a Sequential. */
  noteInner(model: ModelInternals): void;
}

const MAX_PATHS = 5000;
const MAX_MADE = 1000;

export function createModelRegistry(emit: (event: EngineEvent) => void): ModelRegistry {
  const refs = new WeakMap<object, ModelRef>();
  const models: object[] = [];
  const made: ModelInternals[] = [];
  const inner = new WeakSet<object>();
  const baseOf = new Map<LayerWeight, ModelRef>();

  const number = (model: object, name: string): ModelRef => {
    const ref = { id: models.length, name: name.slice(0, 200) };
    models.push(model);
    refs.set(model, ref);
    return ref;
  };
  const report = (model: ModelInternals, ref: ModelRef): void => {
    const named = nameWeights(model);
    const held = new Map<ModelRef, number>();
    for (const { weight } of named.weights) {
      const base = baseOf.get(weight);
      if (base !== undefined) held.set(base, (held.get(base) ?? 0) + 1);
    }
    emit({
      ev: "model",
      model: ref,
      class: model.getClassName(),
      ...shapesOf(model),
      bases: [...held].map(([base, weights]) => ({ model: base, weights })),
      layers: named.layers,
      weights: named.weights.slice(0, MAX_PATHS).map(({ path }) => path),
    });
  };

  return {
    ref(model) {
      const known = refs.get(model);
      if (known !== undefined) return known;
      const ref = number(model, model.name);
      report(model, ref);
      return ref;
    },
    note(model) {
      if (made.length < MAX_MADE) made.push(model);
    },
    refGraph: (model, name) => refs.get(model) ?? number(model, name),
    registerBase(model) {
      const ref = refs.get(model) ?? number(model, model.name);
      for (const { weight } of nameWeights(model).weights) baseOf.set(weight, ref);
      report(model, ref);
      return ref;
    },
    named: nameWeights,
    get: (id) => models[id],
    all: () => [...new Set([...models.filter(isLayersModel), ...made])],
    isInner: (model) => inner.has(model),
    noteInner(model) {
      if (model.model !== undefined && model.model !== null) inner.add(model.model);
    },
  };
}
