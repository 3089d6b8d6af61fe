import { crc32, deflateRawSync } from "node:zlib";

/** One entry of a hand-made archive; every field an attacker can set may be set. */
export interface ZipEntry {
  name: string | Buffer;
  content?: Uint8Array | string;
  /** Unix mode, type bits included; 0 as archivers on Windows write it. */
  mode?: number;
  flags?: number;
  /** What the directory says, where that is not the truth. */
  declaredBytes?: number;
  declaredCrc?: number;
}

/** A zip archive byte by byte, since no honest archiver writes the hostile ones. */
export function makeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = typeof entry.name === "string" ? Buffer.from(entry.name) : entry.name;
    const content = Buffer.from(entry.content ?? "");
    const packed = deflateRawSync(content, { level: 9 });
    const flags = entry.flags ?? 0x800;
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(entry.declaredCrc ?? crc32(content), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(entry.declaredBytes ?? content.length, 8);

    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(8, 8);
    sizes.copy(local, 14);
    local.writeUInt16LE(name.length, 26);

    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(8, 10);
    sizes.copy(central, 16);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(offset, 42);

    locals.push(local, name, packed);
    centrals.push(central, name);
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
