import { type Cursor, cursorAt } from "../cursor.js";
import { FormatError } from "../format-error.js";
import type { Budget } from "./budget.js";

/** One message of an object header: what a group or data set says about itself. */
export interface Message {
  readonly type: number;
  readonly body: Cursor;
}

export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  fillValue: 0x05,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  sharedTable: 0x0f,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

const SHARED = 0x02;
const CHECKSUM_BYTES = 4;
const MAX_CONTINUATIONS = 1000;

/**
 * All messages of the object header at an address, of either version, its continuations included.
 * @throws FormatError
 */
export function readMessages(file: Uint8Array, address: number, budget: Budget): Message[] {
  budget.object(address);
  const head = cursorAt(file, address);
  const messages = head.u8() === 1 ? firstVersion(file, head, budget) : secondVersion(file, address, budget);
  if (messages.some(({ type }) => type === MESSAGE.externalFiles))
    throw new FormatError("a data set keeps its values in another file");
  return messages;
}

type Block = { readonly cursor: Cursor };

/** Reads blocks of messages until no continuation is left. */
function collect(
  first: Block,
  readOne: (cursor: Cursor) => (Message & { flags: number }) | null,
  continuation: (start: number, length: number) => Block,
  budget: Budget,
): Message[] {
  const messages: Message[] = [];
  const blocks = [first];
  for (let next = 0; next < blocks.length; next++) {
    if (blocks.length > MAX_CONTINUATIONS) throw new FormatError("an object header never ends");
    const cursor = (blocks[next] as Block).cursor;
    for (let message = readOne(cursor); message; message = readOne(cursor)) {
      budget.structure();
      if (message.type === MESSAGE.continuation) {
        const start = message.body.u64();
        blocks.push(continuation(start, message.body.u64()));
      } else {
        if (message.flags & SHARED || message.type === MESSAGE.sharedTable)
          throw new FormatError("it shares descriptions between data sets, which Keras does not");
        messages.push(message);
      }
    }
  }
  return messages;
}

function firstVersion(file: Uint8Array, head: Cursor, budget: Budget): Message[] {
  head.skip(1);
  head.u16();
  head.u32();
  const size = head.u32();
  head.skip(4);
  const readOne = (cursor: Cursor): (Message & { flags: number }) | null => {
    if (cursor.remaining() < 8) return null;
    const type = cursor.u16();
    const length = cursor.u16();
    const flags = cursor.u8();
    cursor.skip(3);
    const body = cursorAt(file, cursor.position(), length);
    cursor.skip(length);
    return { type, body, flags };
  };
  const block = (start: number, length: number): Block => ({ cursor: cursorAt(file, start, length) });
  return collect(block(head.position(), size), readOne, block, budget);
}

function secondVersion(file: Uint8Array, address: number, budget: Budget): Message[] {
  const head = cursorAt(file, address);
  head.signature("OHDR");
  if (head.u8() !== 2) throw new FormatError("an object header is of an unknown version");
  const settings = head.u8();
  if (settings & 0x20) head.skip(16);
  if (settings & 0x10) head.skip(4);
  const size = head.uint(1 << (settings & 3));
  const overhead = settings & 4 ? 6 : 4;
  const readOne = (cursor: Cursor): (Message & { flags: number }) | null => {
    // What is left may be a gap too small for a message.
    if (cursor.remaining() < overhead) return null;
    const type = cursor.u8();
    const length = cursor.u16();
    const flags = cursor.u8();
    if (settings & 4) cursor.skip(2);
    const body = cursorAt(file, cursor.position(), length);
    cursor.skip(length);
    return { type, body, flags };
  };
  const block = (start: number, length: number): Block => {
    const cursor = cursorAt(file, start, length - CHECKSUM_BYTES);
    cursor.signature("OCHK");
    return { cursor };
  };
  return collect({ cursor: cursorAt(file, head.position(), size) }, readOne, block, budget);
}
