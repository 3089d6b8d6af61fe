import type { NetworkRow, NetworkView } from "../network-view.js";

/** The network as its template draws it: all that a row needs stands in the row. */
export function networkShown(view: NetworkView) {
  return {
    ...view,
    rows: view.rows.map((row) => ({
      ...row,
      columns: view.columns,
      bars: rectangles(row.bar),
      cells: row.cells.map(({ empty, open, word }) => ({
        word,
        state: empty ? "empty" : open ? "open" : "shut",
      })),
    })),
    phases: view.phases.map((phase) => ({ ...phase, inLine: phase.facts.join(", ") })),
  };
}

/** The frozen and the trained part of a group's bar, or a thin line for a group without weights. */
function rectangles({ x, width, iceWidth, emberX, emberWidth }: NetworkRow["bar"]) {
  const parts = [
    { fill: "f-ice", x, y: 0, width: iceWidth, height: 10 },
    { fill: "f-ember", x: emberX, y: 0, width: emberWidth, height: 10 },
  ].filter((part) => part.width > 0);
  return parts.length > 0 ? parts : [{ fill: "f-edge", x, y: 4, width, height: 2 }];
}
