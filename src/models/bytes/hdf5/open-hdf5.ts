import { cursorAt } from "../cursor.js";
import { FormatError, namingFile } from "../format-error.js";
import { type Attribute, type AttributeValues, readAttribute } from "./attributes.js";
import { type Budget, budgetFor } from "./budget.js";
import { type Dataset, readDataset } from "./dataset.js";
import { readHeapObjects } from "./fractal-heap.js";
import { type Link, readLinks } from "./links.js";
import { MESSAGE, type Message, readMessages } from "./messages.js";

export type { AttributeValues } from "./attributes.js";
export type { Dataset } from "./dataset.js";

/** A group or data set of an HDF5 file. */
export interface Hdf5Node {
  readonly attributes: ReadonlyMap<string, AttributeValues>;
  /** Members of a group, in the file's order; empty for a data set. */
  readonly members: ReadonlyMap<string, Hdf5Node>;
  readonly dataset: Dataset | null;
}

const MAX_DEPTH = 32;

/**
 * Reads the structure of an HDF5 file: groups, attributes, and where the values of data sets are. Nothing outside of
 * the bytes is ever looked at; external links and files, virtual data sets, soft links and unknown filters are refused.
 * @param name of the file, for the message
 * @throws ModelProblem `model-unreadable`
 */
export function openHdf5(file: Uint8Array, name: string): Hdf5Node {
  return namingFile(name, () => {
    const budget = budgetFor(file.byteLength);
    return readNode(file, rootAddress(file), 0, budget);
  });
}

/** Reads a data set's values; see `Dataset.read`. */
export function readBytes(dataset: Dataset, name: string): Uint8Array {
  return namingFile(name, dataset.read);
}

/** The superblock of any version to the root group's object header. */
function rootAddress(file: Uint8Array): number {
  const head = cursorAt(file, 8);
  const version = head.u8();
  if (version > 3) throw new FormatError(`it is HDF5 of version ${version}, which is unknown`);
  const old = version < 2;
  if (old) head.skip(4);
  if (head.u8() !== 8 || head.u8() !== 8) throw new FormatError("its addresses are not 8 bytes long");
  if (old) head.skip(9 + (version === 1 ? 4 : 0));
  else head.skip(1);
  if (head.u64() !== 0) throw new FormatError("something stands before it in the file");
  head.skip(16);
  if (!old) return head.u64();
  if (head.address() !== null) throw new FormatError("it is one of several files that belong together");
  head.skip(8);
  return head.u64();
}

function readNode(file: Uint8Array, address: number, depth: number, budget: Budget): Hdf5Node {
  if (depth > MAX_DEPTH) throw new FormatError(`its groups are nested more than ${MAX_DEPTH} deep`);
  const messages = readMessages(file, address, budget);
  const attributes = new Map(
    readAttributes(file, messages, budget).map(({ name, values }) => [name, values]),
  );
  const dataset = readDataset(file, messages, budget);
  const links = dataset ? [] : (readLinks(file, messages, budget) ?? []);
  const members = new Map<string, Hdf5Node>();
  for (const { name, address: member } of links satisfies Link[]) {
    if (members.has(name)) throw new FormatError(`two members of a group are called \`${name}\``);
    members.set(name, readNode(file, member, depth + 1, budget));
  }
  return { attributes, members, dataset };
}

function readAttributes(file: Uint8Array, messages: readonly Message[], budget: Budget): Attribute[] {
  const compact = messages
    .filter(({ type }) => type === MESSAGE.attribute)
    .map(({ body }) => readAttribute(file, body, budget));
  const info = messages.find(({ type }) => type === MESSAGE.attributeInfo)?.body;
  if (!info) return compact;
  info.skip(1);
  if (info.u8() & 1) info.skip(2);
  const heap = info.address();
  const index = info.address();
  const dense = readHeapObjects(file, heap, index, budget);
  return [...compact, ...dense.map((bytes) => readAttribute(file, cursorAt(bytes, 0), budget))];
}
