import { type Fault, fault, type Snapshot } from "../contract/index.js";
import type { Kind } from "../kinds/kind.js";

type Recognised = { kind: Kind; entry: string } | { kind: null; fault: Fault };

/** The first kind that takes what was handed in, or the fault that says what was expected. */
export function recognise(kinds: readonly Kind[], snapshot: Snapshot): Recognised {
  let unclear: Fault | null = null;
  for (const kind of kinds) {
    const said = kind.recognise(snapshot);
    if (said.state === "recognised") return { kind, entry: said.entry };
    if (said.state === "unclear") unclear ??= said.fault;
  }
  const names = snapshot.files.map((file) => file.path);
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
  const expected = kinds.map((kind) => kind.expects).join("; or ");
  return { kind: null, fault: unclear ?? fault("entry-missing", { files: shown || "no files", expected }) };
}
