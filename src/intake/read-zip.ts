import { close, constants, fstat, open } from "node:fs";
import { promisify } from "node:util";
import { crc32 } from "node:zlib";
import { type Entry, fromFdPromise, type ZipFile } from "yauzl";
import { FrostlineFault } from "../contract/index.js";
import type { Budget } from "./budget.js";
import { isJunk } from "./junk.js";
import { checkPath, printable, twinCheck } from "./safe-path.js";
import { isSystemError } from "./system-error.js";

/** Entries of any kind, junk included: an archive of a whole environment is refused before its list takes seconds. */
const MAX_ENTRIES = 50_000;
/** Deflate reaches 1032:1; programs and weights stay far below this. */
const MAX_RATIO = 200;
/** Below this nothing is called a bomb: a few zero-filled weights compress beyond any ratio. */
const RATIO_FREE_BYTES = 16 * 2 ** 20;

/**
 * All files of a zip archive by path, unpacked in memory under the budget.
 * @throws FrostlineFault `intake-archive-broken`, `intake-archive-bomb`, `intake-link`, `intake-special-file`,
 * `intake-odd-name`, or as the budget does.
 */
export async function readZip(file: string, name: string, budget: Budget): Promise<Map<string, Uint8Array>> {
  const fd = await promisify(open)(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const stats = await promisify(fstat)(fd);
    if (!stats.isFile())
      throw new FrostlineFault("intake-special-file", { file: name, kind: "not a plain file" });
    const zip = await fromFdPromise(fd, { strictFileNames: true, validateEntrySizes: true });
    // Without a listener an error that comes after we stopped reading would end the process.
    zip.on("error", () => undefined);
    return await unpack(zip, name, budget);
  } catch (error) {
    throw inArchiveWords(error, name);
  } finally {
    await promisify(close)(fd);
  }
}

async function unpack(zip: ZipFile, name: string, budget: Budget): Promise<Map<string, Uint8Array>> {
  if (zip.entryCount > MAX_ENTRIES) throw new FrostlineFault("intake-too-many-files", { limit: MAX_ENTRIES });
  const ceiling = Math.max(RATIO_FREE_BYTES, zip.fileSize * MAX_RATIO);
  const files = new Map<string, Uint8Array>();
  const checkTwin = twinCheck();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const path = entry.fileName;
    if (path.split("/").some(isJunk)) continue;
    checkPath(path.endsWith("/") ? path.slice(0, -1) : path);
    refuseUnlessPlain(entry, path);
    if (path.endsWith("/")) continue;
    checkTwin(path);
    total += entry.uncompressedSize;
    if (total > ceiling)
      throw new FrostlineFault("intake-archive-bomb", {
        file: name,
        why: `${zip.fileSize} bytes become ${total} and more`,
        limit: ceiling,
      });
    budget.takeFile(path, entry.uncompressedSize);
    files.set(path, await unpackEntry(zip, entry));
  }
  return files;
}

function refuseUnlessPlain(entry: Entry, path: string): void {
  // The upper half holds the Unix mode, 0 in archives made on Windows.
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (type === 0o120000) throw new FrostlineFault("intake-link", { file: printable(path) });
  if (type !== 0 && type !== 0o100000 && type !== 0o040000)
    throw new FrostlineFault("intake-special-file", {
      file: printable(path),
      kind: "device, socket or FIFO",
    });
  if (entry.isEncrypted()) throw new Error(`\`${printable(path)}\` is encrypted`);
}

async function unpackEntry(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  // The stream itself fails as soon as it gives more than the declared size, so memory stays within the budget.
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (crc32(bytes) !== entry.crc32)
    throw new Error(`the checksum of \`${printable(entry.fileName)}\` is wrong`);
  return bytes;
}

function inArchiveWords(error: unknown, name: string): unknown {
  if (error instanceof FrostlineFault || isSystemError(error)) return error;
  const why = printable(error instanceof Error ? error.message : String(error));
  const odd = /^(?:invalid relative path|absolute path|invalid characters in fileName): (.*)$/s.exec(why);
  if (odd)
    return new FrostlineFault(
      "intake-odd-name",
      { file: odd[1] ?? "", why: "it is not a plain relative path with `/` between names" },
      error,
    );
  return new FrostlineFault("intake-archive-broken", { file: name, why }, error);
}
