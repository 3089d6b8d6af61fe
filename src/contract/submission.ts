import { type Static, Type } from "@sinclair/typebox";
import { Sha256 } from "./shape.js";

export const SnapshotFile = Type.Object({ path: Type.String(), bytes: Type.Integer(), sha256: Sha256 });
export type SnapshotFile = Static<typeof SnapshotFile>;

/** A submission made safe: plain files only, names checked, sizes capped, content hashed. */
export const SnapshotFacts = Type.Object({
  /** Name of the folder or archive, the only identity a submission has. */
  id: Type.String(),
  /** Hash of all names and contents. */
  hash: Sha256,
  files: Type.Array(SnapshotFile),
});
export type SnapshotFacts = Static<typeof SnapshotFacts>;

/** The snapshot with its bytes, by path. */
export interface Snapshot extends SnapshotFacts {
  read(path: string): Uint8Array;
}
