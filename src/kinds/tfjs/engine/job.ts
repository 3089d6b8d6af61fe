import { type Static, Type } from "@sinclair/typebox";

/** A pretrained model of the assignment: the addresses it was published under, and where its files are. */
export const EngineBase = Type.Object({
  /** Addresses of its `model.json`; a mirror whose address ends alike is answered too. */
  addresses: Type.Array(Type.String()),
  /** Folder that holds `model.json` and the weight files it names. */
  folder: Type.String(),
});
export type EngineBase = Static<typeof EngineBase>;

export const EngineLimits = Type.Object({
  /** After this many seconds a running fit is stopped at the end of its batch; see `hardSeconds`. */
  seconds: Type.Number({ exclusiveMinimum: 0 }),
  /** Of native tensors alive at once. The isolate's own heap may take `heapMb` besides. */
  memoryMb: Type.Integer({ minimum: 64 }),
  /** Of text the program prints; the rest is counted and dropped. */
  consoleBytes: Type.Integer({ minimum: 0 }),
  /** Of models and files the program hands back. */
  outputBytes: Type.Integer({ minimum: 0 }),
  /** Every fit stops after this many epochs. */
  maxEpochs: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Every fit stops after this many batches; a loop of the program's own ends the program. */
  maxSteps: Type.Optional(Type.Integer({ minimum: 1 })),
  /** All fits together stop after this many examples, counted again in every epoch. */
  maxSamples: Type.Optional(Type.Integer({ minimum: 1 })),
  /** Every fit and every step tries one row in place of training. */
  onlyTry: Type.Optional(Type.Boolean()),
});
export type EngineLimits = Static<typeof EngineLimits>;

/** What one run of the engine is given, as a JSON file. */
export const EngineJob = Type.Object({
  /** Read-only folder of the submission; the program sees it as its working folder. */
  submission: Type.String(),
  /** The program's first file, relative to `submission`. */
  entry: Type.String(),
  /** Read-only folder of the assignment's data; the program sees it as `./data`. */
  data: Type.Optional(Type.String()),
  bases: Type.Array(EngineBase),
  limits: EngineLimits,
  /** File that holds the milliseconds for which others kept the program from the processors; they do not count. */
  lostTime: Type.Optional(Type.String()),
  /** How many times its seconds a program may take at most, because of what it loses; the jail waits no longer. */
  slowest: Type.Optional(Type.Number({ minimum: 1 })),
  /** Whether calls into the program end late, so that the jail, which knows what is lost meanwhile, ends them first. */
  patient: Type.Optional(Type.Boolean()),
  seed: Type.Integer(),
});
export type EngineJob = Static<typeof EngineJob>;

/** The isolate's heap: half of the tensor budget, at least 256 MB and at most 1 GB. */
export function heapMb(limits: EngineLimits): number {
  return Math.min(1024, Math.max(256, Math.floor(limits.memoryMb / 2)));
}

/** When a program that never yields is cut off from inside; the parent's own limit must lie beyond this. */
export function hardSeconds(limits: EngineLimits): number {
  return limits.seconds * 1.1 + 2;
}
