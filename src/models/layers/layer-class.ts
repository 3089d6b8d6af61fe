import type { Shape } from "../../contract/index.js";
import type { JsonObject } from "../json-access.js";

/** What is known of a layer class of the framework without running it. */
export interface LayerClass {
  /** Its variables in the order they are created, which is the order files keep them in. */
  slots(config: JsonObject): readonly string[];
  /** The shape of its output, batch first; null where it cannot be told. Inputs are the shapes of what it reads. */
  shape(inputs: readonly Shape[], config: JsonObject): Shape | null | undefined;
}

export type LayerClasses = Readonly<Record<string, LayerClass>>;

type SlotRule = LayerClass["slots"];
type ShapeRule = LayerClass["shape"];

export const noSlots: SlotRule = () => [];
export const sameShape: ShapeRule = ([input]) => input ?? null;

/** Classes that share their rules. */
export const classesOf = (names: readonly string[], slots: SlotRule, shape: ShapeRule): LayerClasses =>
  Object.fromEntries(names.map((name) => [name, { slots, shape }]));
