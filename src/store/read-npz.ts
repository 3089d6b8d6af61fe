import { basename } from "node:path";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { datasetInvalid } from "./dataset-invalid.js";
import { type NpyArray, parseNpy } from "./parse-npy.js";

/** All arrays together; larger sets are better kept as folders of pictures. */
const MAX_BYTES = 2 ** 31;
const MAX_ARRAYS = 256;

/**
 * The arrays of a `.npz` file among `wanted`, by name without `.npy`. Others are not looked at.
 * @throws FrostlineFault `dataset-invalid` naming the array that cannot be read
 */
export async function readNpz(path: string, wanted: ReadonlySet<string>): Promise<Map<string, NpyArray>> {
  const arrays = new Map<string, NpyArray>();
  let place = basename(path);
  let bytesLeft = MAX_BYTES;
  try {
    const zip = await openPromise(path, {
      strictFileNames: true,
      validateEntrySizes: true,
      autoClose: false,
    });
    try {
      if (zip.entryCount > MAX_ARRAYS) throw new Error(`it holds more than ${MAX_ARRAYS} arrays`);
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName.replace(/\.npy$/, "");
        if (!wanted.has(name)) continue;
        place = `${basename(path)}/${name}`;
        if (arrays.has(name)) throw new Error("it is there twice");
        bytesLeft -= entry.uncompressedSize;
        if (bytesLeft < 0) throw new Error(`the arrays come to more than ${MAX_BYTES} bytes`);
        arrays.set(name, parseNpy(await unpack(zip, entry)));
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw datasetInvalid(place, error instanceof Error ? error.message : String(error));
  }
  return arrays;
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  if (crc32(bytes) !== entry.crc32) throw new Error("its checksum is wrong");
  return bytes;
}
