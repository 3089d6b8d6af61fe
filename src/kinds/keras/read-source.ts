import { describeFault, type Snapshot } from "../../contract/index.js";
import { sourceNotes } from "../source-notes.js";
import { readProgram } from "./read-program.js";

/** What a program or a notebook says of its training, in sentences; nothing is executed. */
export function readSource(snapshot: Snapshot, entry: string): string[] {
  const program = readProgram(entry, snapshot.read(entry));
  if ("code" in program) return [describeFault(program).what];
  return [...program.notes, ...sourceNotes(program.parts.map(({ source }) => source).join("\n"))];
}
