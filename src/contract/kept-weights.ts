/** A tensor whose bytes were kept after a fit. */
export interface KeptTensor {
  /** As the running program named it. */
  path: string;
  /** Of the float32 little-endian bytes, hashed outside the program's process. */
  sha256: string;
  /** The values at floor(i * size / 64) for i = 0..63; all values of a smaller tensor. */
  samples: number[];
}

/** The weights that fits left behind, as bytes: what each of them moved. */
export interface KeptWeights {
  /** In the order of the fits: what it moved, null where that was too large to keep. */
  moved: readonly (readonly KeptTensor[] | null)[];
  /** sha256 by path when the first fit began, as the program's process told them. */
  begin: Readonly<Record<string, string>>;
  /** Whether the model handed back is another than the last fit left, as far as the program's process told. */
  replaced: boolean;
  /** The files, by name. */
  files: ReadonlyMap<string, Uint8Array>;
}
