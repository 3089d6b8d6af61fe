import type { TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding.js";

export type Attributes = Parameters<TFJSBinding["executeOp"]>[1];

/** An op has few variants, so comparing is faster than a key made of text. */
export function sameAttributes(a: Attributes, b: Attributes): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const left = a[i] as Attributes[number];
    const right = b[i] as Attributes[number];
    if (left.name !== right.name || left.type !== right.type) return false;
    if (left.value !== right.value && !sameValue(left.value, right.value)) return false;
  }
  return true;
}

function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  return typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b);
}

/** The attributes for the host. JSON has no infinities, which padding and clipping use, and no -0. */
export function attributesJson(attributes: Attributes): string {
  return JSON.stringify(attributes, (_, value: unknown) => {
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0)))
      return { $number: Object.is(value, -0) ? "-0" : String(value) };
    return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
  });
}
