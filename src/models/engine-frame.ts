import type { FaultParams } from "../contract/index.js";
import type { ModelProblemCode } from "./model-problem.js";

/**
 * What an engine writes to its result descriptor: the length of the header (uint32, little-endian), the header as
 * JSON, and the bytes that belong to it.
 */
export interface Frame {
  readonly header: unknown;
  readonly body: Uint8Array;
}

/** The header of a refusal. */
export interface ProblemHeader {
  problem: { code: ModelProblemCode | "internal"; params: FaultParams };
}

const LENGTH_BYTES = 4;

export function encodeFrame(header: string, body: Uint8Array = new Uint8Array()): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(LENGTH_BYTES + text.byteLength + body.byteLength);
  new DataView(bytes.buffer).setUint32(0, text.byteLength, true);
  bytes.set(text, LENGTH_BYTES);
  bytes.set(body, LENGTH_BYTES + text.byteLength);
  return bytes;
}

/** @returns null for anything but one whole frame */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  if (bytes.byteLength < LENGTH_BYTES) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  if (LENGTH_BYTES + length > bytes.byteLength) return null;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length),
    );
    return {
      header: JSON.parse(text) as unknown,
      body: new Uint8Array(bytes.subarray(LENGTH_BYTES + length)),
    };
  } catch {
    return null;
  }
}
