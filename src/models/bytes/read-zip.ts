import { inflateRawSync } from "node:zlib";
import { cursorAt } from "./cursor.js";
import { FormatError, namingFile } from "./format-error.js";

/** A member of an archive; its bytes are a view of the archive where they are stored as they are. */
export interface ZipMember {
  readonly bytes: number;
  readonly read: () => Uint8Array;
}

const MAX_MEMBERS = 64;
const MAX_RATIO = 200;
const MAX_COMMENT = 0xffff;
const END_BYTES = 22;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;
const UNIX = 3;
const FILE_TYPES = 0o170000;
const REGULAR = 0o100000;

/**
 * The files of a zip archive by name. The central directory is believed only as far as the bytes bear it out.
 * @param maxBytes of all members unpacked
 * @throws ModelProblem `model-unreadable` for a damaged archive, links, encryption, names that are not plain, twice the
 * same name, more than 64 members, or members that unpack to far more than they take
 */
export function readZip(archive: Uint8Array, maxBytes: number, file: string): ReadonlyMap<string, ZipMember> {
  const found = namingFile(file, () => members(archive, maxBytes));
  return new Map(
    [...found].map(([name, { bytes, read }]) => [name, { bytes, read: () => namingFile(file, read) }]),
  );
}

function members(archive: Uint8Array, maxBytes: number): Map<string, ZipMember> {
  const end = cursorAt(archive, endOfDirectory(archive));
  end.skip(10);
  const count = end.u16();
  end.skip(4);
  const directory = cursorAt(archive, end.u32());
  if (count > MAX_MEMBERS)
    throw new FormatError(`the archive holds ${count} files, and a model has at most ${MAX_MEMBERS}`);
  const found = new Map<string, ZipMember>();
  const names = new Set<string>();
  let left = maxBytes;
  for (let member = 0; member < count; member++) {
    directory.signature("PK\x01\x02");
    const madeBy = directory.u16() >> 8;
    directory.skip(2);
    const flags = directory.u16();
    const method = directory.u16();
    directory.skip(8);
    const packed = directory.u32();
    const bytes = directory.u32();
    const [nameBytes, extraBytes, commentBytes] = [directory.u16(), directory.u16(), directory.u16()];
    directory.skip(4);
    const mode = directory.u32() >>> 16;
    const local = directory.u32();
    const name = plainName(directory.bytes(nameBytes));
    directory.skip(extraBytes + commentBytes);
    if (flags & ENCRYPTED) throw new FormatError(`\`${name}\` in the archive is encrypted`);
    if (name.endsWith("/")) continue;
    if (madeBy === UNIX && (mode & FILE_TYPES) !== 0 && (mode & FILE_TYPES) !== REGULAR)
      throw new FormatError(`\`${name}\` in the archive is not a plain file`);
    // Names that differ only in case or spelling are the same file to some readers and two files to others.
    const same = name.normalize("NFC").toLowerCase();
    if (names.has(same)) throw new FormatError(`\`${name}\` is in the archive twice`);
    names.add(same);
    left -= bytes;
    if (left < 0) throw new FormatError(`the archive unpacks to more than ${maxBytes} bytes`);
    found.set(name, { bytes, read: memberReader(archive, name, { local, method, packed, bytes }) });
  }
  return found;
}

/** The end record stands before a comment of unknown length. */
function endOfDirectory(archive: Uint8Array): number {
  const first = Math.max(0, archive.byteLength - END_BYTES - MAX_COMMENT);
  for (let at = archive.byteLength - END_BYTES; at >= first; at--)
    if (archive[at] === 0x50 && archive[at + 1] === 0x4b && archive[at + 2] === 5 && archive[at + 3] === 6)
      return at;
  throw new FormatError("it is no complete zip archive; it may be cut off");
}

function plainName(bytes: Uint8Array): string {
  const name = new TextDecoder().decode(bytes);
  const parts = name.replace(/\/$/, "").split("/");
  const isPlain = parts.every(
    (part) => part !== "" && part !== "." && part !== ".." && !/[\\:\p{Cc}]/u.test(part),
  );
  if (!isPlain)
    throw new FormatError(`the archive holds a file with the name ${JSON.stringify(name.slice(0, 100))}`);
  return name;
}

interface Place {
  readonly local: number;
  readonly method: number;
  readonly packed: number;
  readonly bytes: number;
}

function memberReader(
  archive: Uint8Array,
  name: string,
  { local, method, packed, bytes }: Place,
): () => Uint8Array {
  const head = cursorAt(archive, local, LOCAL_BYTES);
  head.signature("PK\x03\x04");
  head.skip(22);
  const start = local + LOCAL_BYTES + head.u16() + head.u16();
  const content = cursorAt(archive, start, packed).bytes(packed);
  if (method === STORED) {
    if (packed !== bytes) throw new FormatError(`\`${name}\` in the archive lies about its size`);
    return () => content;
  }
  if (method !== DEFLATED)
    throw new FormatError(`\`${name}\` in the archive is packed in a way that is not read`);
  if (bytes > Math.max(packed, 1024) * MAX_RATIO)
    throw new FormatError(`\`${name}\` unpacks to far more than its size`);
  return () => {
    const unpacked = inflateOrNull(content, bytes);
    if (unpacked?.byteLength === bytes) return unpacked;
    throw new FormatError(`\`${name}\` in the archive is damaged or lies about its size`);
  };
}

function inflateOrNull(content: Uint8Array, limit: number): Uint8Array | null {
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, limit) });
  } catch {
    return null;
  }
}
