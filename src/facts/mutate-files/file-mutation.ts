import type { Evidence } from "../../contract/index.js";
import type { LayersFile } from "./layers-file.js";

/** A mistake in a saved model's own bytes. Pure: the file handed in is left as it is. */
export interface FileMutation {
  /** The mistake's id among those in evidence: the same graders must notice it. */
  id: string;
  /** What is wrong in the file, in a clause. */
  title: string;
  /** Whether the network then answers otherwise, which may cost what its answers earn. */
  answers: boolean;
  /** The file with this mistake in it; null where it cannot have it. `evidence` is what was read of the file. */
  apply(file: LayersFile, evidence: Evidence): LayersFile | null;
}
