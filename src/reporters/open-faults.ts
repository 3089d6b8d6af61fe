import type { ClassRow } from "../contract/index.js";
import { type ToldFault, tellFault } from "./fault-words.js";

/** Faults that somebody other than a student must act on, each once with every submission it holds up. */
export function openFaults(rows: readonly ClassRow[]): { told: ToldFault; rows: ClassRow[] }[] {
  const open = new Map<string, { told: ToldFault; rows: ClassRow[] }>();
  for (const row of rows) {
    for (const fault of row.report.faults.filter(({ blame }) => blame !== "submission")) {
      const told = tellFault(fault, "staff");
      const known = open.get(told.what);
      if (known) known.rows.push(row);
      else open.set(told.what, { told, rows: [row] });
    }
  }
  return [...open.values()];
}
