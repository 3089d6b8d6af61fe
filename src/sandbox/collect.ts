import type { Readable } from "node:stream";

/** What came out of a stream so far, up to a limit. */
export interface Collected {
  bytes(): Buffer;
  text(): string;
}

/**
 * Gathers what comes out of a stream; what is over the limit is dropped.
 * @param onOverflow called when it was more than allowed, perhaps several times
 */
export function collect(stream: Readable, limitBytes: number, onOverflow: () => void): Collected {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    if (length < limitBytes) chunks.push(chunk.subarray(0, limitBytes - length));
    length += chunk.length;
    if (length > limitBytes) onOverflow();
  });
  // A jail that is killed may reset its pipes; what was read until then counts.
  stream.on("error", () => {});
  const bytes = (): Buffer => Buffer.concat(chunks);
  return { bytes, text: () => bytes().toString("utf8") };
}
