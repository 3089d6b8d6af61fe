import type { ClassReport, RenderedFile, Reporter } from "../../src/contract/index.js";

/** Every file of a format: those of the class, then those of each submission. */
export function renderAll(reporter: Reporter, report: ClassReport): RenderedFile[] {
  const render = reporter.renderRows?.();
  return [...reporter.render(report), ...(render ? report.rows.flatMap((row) => render(row)) : [])];
}
