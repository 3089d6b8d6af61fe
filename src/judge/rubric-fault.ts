import { FrostlineFault, nearest } from "../contract/index.js";

interface Complaint {
  found: string;
  expected: string;
  hint: string;
}

/** A complaint about one place of a rubric. */
export const rubricFault = (file: string, path: string, complaint: Complaint): FrostlineFault =>
  new FrostlineFault("json-invalid", { file, path, ...complaint });

/** A name that is not there, with the nearest that is. */
export function unknownName(
  file: string,
  path: string,
  what: string,
  name: string,
  known: readonly string[],
): FrostlineFault {
  const near = nearest(name, known);
  const one = `${what === "item" ? "an" : "a"} ${what} of this rubric`;
  return rubricFault(file, path, {
    found: `unknown ${what} \`${name}\``,
    expected: known.length > 0 ? `One of ${known.join(", ")}` : `The id of ${one}; there is none to name`,
    hint: near ? `Did you mean \`${near}\`?` : `Name ${one}, or leave it out.`,
  });
}
