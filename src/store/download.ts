import { createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { FrostlineFault } from "../contract/index.js";

export interface DownloadRequest {
  address: string;
  /** File to write; what is there already is continued. */
  part: string;
  /** Called with the bytes that are there, and all of them where the server says how many. */
  onProgress?(received: number, total: number | null): void;
  signal?: AbortSignal;
}

/**
 * Downloads to a part file, going on where an earlier try stopped. What came is kept when the connection breaks.
 * @throws FrostlineFault `download-failed`, `output-unwritable`
 */
export async function download({ address, part, onProgress, signal }: DownloadRequest): Promise<void> {
  await mkdir(dirname(part), { recursive: true }).catch((error: unknown) => {
    throw unwritable(part, error);
  });
  const had = await stat(part).then(
    ({ size }) => size,
    () => 0,
  );
  const response = await request(address, had, signal);
  if (response.status === 416) {
    // Nothing is left to send: the part is whole, or not of this file.
    if (totalOf(response) === had) return;
    await rm(part);
    return download({ address, part, ...(onProgress ? { onProgress } : {}), ...(signal ? { signal } : {}) });
  }
  if (!response.ok || !response.body) throw failed(address, `the server answered ${response.status}`);
  const continued = response.status === 206;
  const start = continued ? had : 0;
  const total = continued ? totalOf(response) : lengthOf(response);
  let received = start;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      onProgress?.(received, total);
      done(null, chunk);
    },
  });
  const file = createWriteStream(part, { flags: continued ? "a" : "w" });
  try {
    await pipeline(Readable.fromWeb(response.body as ReadableStream), counted, file);
  } catch (error) {
    throw isOfFile(error) ? unwritable(part, error) : failed(address, reasonOf(error), error);
  }
  if (total !== null && received !== total) throw failed(address, `${received} of ${total} bytes came`);
}

async function request(address: string, from: number, signal: AbortSignal | undefined): Promise<Response> {
  const headers: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
  try {
    return await fetch(address, { headers, ...(signal ? { signal } : {}) });
  } catch (error) {
    throw failed(address, reasonOf(error), error);
  }
}

/** All bytes of the file, from `Content-Range: bytes 5-9/10` or `bytes *\/10`. */
function totalOf(response: Response): number | null {
  const total = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1];
  return total === undefined ? null : Number(total);
}

/** The length says nothing of the bytes that arrive where they are compressed on the way. */
function lengthOf({ headers }: Response): number | null {
  const length = headers.get("content-length");
  return length === null || headers.has("content-encoding") ? null : Number(length);
}

const failed = (address: string, why: string, cause?: unknown): FrostlineFault =>
  new FrostlineFault("download-failed", { address, file: address.replace(/^.*\//, ""), why }, cause);

const unwritable = (path: string, error: unknown): FrostlineFault =>
  new FrostlineFault("output-unwritable", { path, why: reasonOf(error) }, error);

const isOfFile = (error: unknown): boolean =>
  ["write", "open"].includes(String((error as NodeJS.ErrnoException).syscall));

/** `fetch` hides what happened in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "AbortError") return "it was stopped";
  const cause = error.cause instanceof Error ? error.cause : error;
  return (cause as NodeJS.ErrnoException).code ?? cause.message;
}
