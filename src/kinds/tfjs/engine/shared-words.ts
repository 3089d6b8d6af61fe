/**
 * The shared memory between isolate and host, in 32-bit words. A crossing costs more than the words, so commands wait
 * in the queue until an answer is needed; ids and shapes of a crossing go through the operand area.
 */
export const WORDS = {
  /** Number of words waiting in the queue. */
  queueLength: 0,
  queue: 1,
  queueEnd: 8192,
  /**
   * Input ids, then the first output id; afterwards for every output dtype, rank, dimensions: enough to take apart a
   * data set of 20,000 pictures.
   */
  operands: 8192,
  end: 131_072,
} as const;

/**
 * Commands of the queue: CREATE id dtype rank dims... bytes payload..., DELETE id,
 * EXECUTE handle inputs ids... firstOutput.
 */
export const COMMAND = { create: 1, delete: 2, execute: 3 } as const;

/** Tensors up to this size travel in the queue instead of in an ArrayBuffer of their own. */
export const INLINE_BYTES = 512;
