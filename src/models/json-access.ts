import type { Json } from "../contract/index.js";

export type JsonObject = { [key: string]: Json };

// Own properties only: a file must not reach what objects inherit, such as `constructor`.
const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value under `key`; null when it is missing. */
export const valueAt = (object: JsonObject, key: string): Json => own(object, key) ?? null;

/** The object under `key`; an empty one when there is none. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = own(object, key);
  return isObject(value) ? value : {};
}

/** The list under `key`; an empty one when there is none. */
export function listAt(object: JsonObject, key: string): readonly Json[] {
  const value = own(object, key);
  return Array.isArray(value) ? value : [];
}

export function stringAt(object: JsonObject, key: string): string | null {
  const value = own(object, key);
  return typeof value === "string" ? value : null;
}

export function numberAt(object: JsonObject, key: string): number | null {
  const value = own(object, key);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** The whole number under `key`, negative ones included. */
export function integerAt(object: JsonObject, key: string): number | null {
  const value = own(object, key);
  return Number.isSafeInteger(value) ? Number(value) : null;
}

export function booleanAt(object: JsonObject, key: string): boolean | null {
  const value = own(object, key);
  return typeof value === "boolean" ? value : null;
}

/** The numbers under `key`: a list of them, or one number `count` times; null when it is neither. */
export function numbersAt(object: JsonObject, key: string, count: number): readonly number[] | null {
  const value = own(object, key);
  if (typeof value === "number") return Array<number>(count).fill(value);
  if (!Array.isArray(value) || value.length !== count) return null;
  return value.every((item) => typeof item === "number") ? (value as number[]) : null;
}

/** A class as Keras serialises it: by its name alone, or an object with `class_name`. */
export function classNameOf(value: Json | undefined): string | null {
  if (typeof value === "string") return value;
  if (!isObject(value)) return null;
  const name = stringAt(value, "class_name");
  // Functions are written as {class_name: "function", config: "relu"} or with the name in the configuration.
  if (name === "function") return stringAt(value, "config") ?? stringAt(objectAt(value, "config"), "name");
  return name;
}
