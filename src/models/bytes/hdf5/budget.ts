import { FormatError } from "../format-error.js";

const MAX_OBJECTS = 20_000;
const MAX_STRUCTURES = 200_000;
const MAX_ATTRIBUTES = 100_000;
const MAX_ATTRIBUTE_BYTES = 64 * 1024 * 1024;
/** What data sets that are compressed, or written nowhere, may come to. */
const MAX_MADE_BYTES = 512 * 1024 * 1024;

/** What reading one file may still cost. Everything is asked for before it is read or allocated. */
export interface Budget {
  /** One more group or data set; each may be reached once only, so that no circle can be walked. */
  readonly object: (address: number) => void;
  /** One more block, node or chunk. */
  readonly structure: () => void;
  readonly attribute: (bytes: number) => void;
  /** Values taken from the file as they are: together no more than the file. */
  readonly stored: (bytes: number) => void;
  /** Values that take more memory than they take in the file. */
  readonly made: (bytes: number) => void;
  /** Objects of global heaps by address and number: walked anew for each string, a heap would cost the square of them. */
  readonly heaps: Map<number, ReadonlyMap<number, Uint8Array>>;
}

export function budgetFor(fileBytes: number): Budget {
  const seen = new Set<number>();
  const spend = (limit: number, why: string): ((amount: number) => void) => {
    let left = limit;
    return (amount) => {
      left -= amount;
      if (left < 0) throw new FormatError(why);
    };
  };
  const attributes = spend(MAX_ATTRIBUTES, `it has more than ${MAX_ATTRIBUTES} attributes`);
  const attributeBytes = spend(
    MAX_ATTRIBUTE_BYTES,
    `its attributes take more than ${MAX_ATTRIBUTE_BYTES} bytes`,
  );
  const structures = spend(MAX_STRUCTURES, `it has more than ${MAX_STRUCTURES} inner structures`);
  return {
    object: (address) => {
      if (seen.has(address)) throw new FormatError("one of its groups or data sets is linked twice");
      seen.add(address);
      if (seen.size > MAX_OBJECTS)
        throw new FormatError(`it has more than ${MAX_OBJECTS} groups and data sets`);
    },
    structure: () => structures(1),
    attribute: (bytes) => {
      attributes(1);
      attributeBytes(bytes);
    },
    stored: spend(fileBytes, "its data sets claim more bytes than the file has"),
    heaps: new Map(),
    made: spend(MAX_MADE_BYTES, `its data sets unpack to more than ${MAX_MADE_BYTES} bytes`),
  };
}
