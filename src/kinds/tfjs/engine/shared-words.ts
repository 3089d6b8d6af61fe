/**
 * The shared memory between isolate and host, in 32-bit words. A crossing with arguments costs more than the words:
 * commands wait in the queue until the next op, ids and shapes go through the operand area.
 */
export const WORDS = {
  /** Number of words waiting in the queue. */
  queueLength: 0,
  queue: 1,
  queueEnd: 8192,
  /** Input ids, then the first output id; afterwards for every output dtype, rank, dimensions. */
  operands: 8192,
  end: 16384,
} as const;

/** Words of the queue: CREATE id dtype rank dims... bytes payload..., DELETE id. */
export const COMMAND = { create: 1, delete: 2 } as const;

/** Tensors up to this size travel in the queue instead of in an ArrayBuffer of their own. */
export const INLINE_BYTES = 64;
