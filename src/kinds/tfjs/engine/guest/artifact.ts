import type { EventOf } from "../events.js";
import { disposeSnapshot, type ModelSnapshot, takeSnapshot, writeSnapshot } from "./model-snapshot.js";
import type { RecorderContext } from "./recorder/context.js";
import { isLayersModel, type ModelInternals } from "./recorder/model-internals.js";

type Source = EventOf<"artifact">["source"];

export interface ChosenModel {
  model: ModelInternals;
  source: Source;
}

const EXPORT_NAMES = ["default", "model"];

/** The model a program hands in: the one it saved last, else the one it exports or returns, else the one it fitted last. */
export function chooseModel(
  context: RecorderContext,
  exports: unknown,
  returned: unknown,
): ChosenModel | undefined {
  if (context.saved !== undefined) return { model: context.saved.model, source: "save" };
  const exported = [returned, exports, ...EXPORT_NAMES.map((name) => property(exports, name))].flatMap(
    (value) => [value, property(value, "model")],
  );
  const model = exported.find(isLayersModel);
  if (model !== undefined) return { model, source: "export" };
  return context.lastTrained === undefined ? undefined : { model: context.lastTrained, source: "last-fit" };
}

/** Writes the chosen model; one that was trained on the outputs of another goes out as head, the other as base. */
export async function writeModel(context: RecorderContext, { model, source }: ChosenModel): Promise<void> {
  const from = context.origins.get(model) ?? null;
  const base = from === null ? undefined : context.models.get(from.model.id);
  const role = base === undefined ? "model" : "head";
  const snapshot = source === "save" ? context.saved : undefined;
  context.emit({ ev: "artifact", role, model: context.models.ref(model), source, inputsFrom: from });
  send(context, role, snapshot ?? (await takeSnapshot(model)));
  if (base === undefined || from === null) return;
  context.emit({ ev: "artifact", role: "base", model: from.model, source, inputsFrom: null });
  // A graph model has no layers to write; the event before names the address it came from by its number.
  if (isLayersModel(base)) send(context, "base", await takeSnapshot(base));
}

function send(context: RecorderContext, role: "model" | "base" | "head", snapshot: ModelSnapshot): void {
  const problem = writeSnapshot(context.host, context.tensors, role, snapshot);
  disposeSnapshot(snapshot);
  if (problem !== undefined) throw new Error(problem);
}

/** `main` or the default export, if it is a function that can be called without arguments. */
export function exportedMain(exports: unknown): (() => unknown) | undefined {
  const candidates = [property(exports, "main"), property(exports, "default"), exports];
  const main = candidates.find((value) => typeof value === "function" && value.length === 0);
  return main as (() => unknown) | undefined;
}

/** What a program's first file exports, by name: `function`, `model`, `object`, ... */
export function exportKinds(exports: unknown): Record<string, string> {
  if (typeof exports !== "object" || exports === null) return { default: kindOf(exports) };
  const names = Object.keys(exports).slice(0, 50);
  return Object.fromEntries(names.map((name) => [name.slice(0, 100), kindOf(property(exports, name))]));
}

function kindOf(value: unknown): string {
  return isLayersModel(value) ? "model" : typeof value;
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
