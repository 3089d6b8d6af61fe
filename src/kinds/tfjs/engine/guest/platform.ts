import * as tf from "@tensorflow/tfjs";
import { bytesOf, decodeUtf8, encodeUtf8 } from "./globals/text-coding.js";

type Fetch = (address: string) => Promise<unknown>;

/**
 * TensorFlow.js's own view of where it runs. Its clock counts calls instead of time: it only decides when to yield
 * and seeds `dataset.shuffle`, and so two runs are the same.
 */
export function installPlatform(fetch: Fetch): void {
  let ticks = 0;
  tf.env().setPlatform("frostline", {
    fetch: (address: string) => fetch(address) as Promise<Response>,
    now: () => ticks++,
    encode: (text: string) => encodeUtf8(text),
    decode: (bytes: Uint8Array) => decodeUtf8(bytesOf(bytes)),
    setTimeoutCustom: (callback: () => void) => setTimeout(callback, 0),
    isTypedArray: (value): value is Float32Array | Int32Array | Uint8Array | Uint8ClampedArray =>
      value instanceof Float32Array ||
      value instanceof Int32Array ||
      value instanceof Uint8Array ||
      value instanceof Uint8ClampedArray,
  } as Parameters<ReturnType<typeof tf.env>["setPlatform"]>[1]);
  tf.env().set("IS_NODE", true);
}
