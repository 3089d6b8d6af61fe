import type { SplitName } from "../contract/index.js";

/** One labelled picture on its way into the store. */
export interface Picture {
  /** File name it will have, unique among those of its class and given split. */
  name: string;
  /** Where it was found, as the teacher knows it. */
  origin: string;
  class: string;
  /** The split it was given in; null where we divide. */
  given: SplitName | null;
  sha256: string;
  /** Pixels. */
  width: number;
  height: number;
  load(): Promise<Uint8Array>;
}

/** A picture left out, and why. */
export interface DroppedPicture {
  origin: string;
  why: string;
}
