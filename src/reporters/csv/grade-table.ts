import type { ClassReport, GradedItem, Report } from "../../contract/index.js";
import { summariseClass } from "../class-summary.js";
import { type ExtraColumn, extraColumns } from "./extra-columns.js";
import { figure } from "./figure.js";
import { guardCell } from "./guard-cell.js";

const COLUMNS = ["submission", "status", "earned", "pending", "possible"];
const MEASURED_COLUMNS = ["accuracy", "accuracy_low", "accuracy_high", "accuracy_n"];

/** Header and rows of plain cells; a figure that is not decided is an empty cell, never 0. */
export function gradeTable(report: ClassReport): string[][] {
  const ids = summariseClass(report).items.map(({ id }) => id);
  const extra = extraColumns(report);
  const header = [
    ...COLUMNS,
    ...ids.map((id) => guardCell(`item:${id}`)),
    ...MEASURED_COLUMNS,
    "faults",
    "stamp",
    ...extra.map(({ name }) => guardCell(name)),
  ];
  return [header, ...report.rows.map((row) => gradeRow(row.report, ids, extra))];
}

function gradeRow(report: Report, ids: readonly string[], extra: readonly ExtraColumn[]): string[] {
  const { earned, pending, possible } = report.mark;
  return [
    guardCell(report.submission.id),
    pending > 0 ? "pending" : "final",
    ...[earned, pending, possible].map(figure),
    ...ids.map((id) => itemCell(report.items.find((item) => item.id === id))),
    ...measuredCells(report.accuracy),
    report.faults.map(({ code }) => code).join(" "),
    report.stamp === null ? "" : guardCell(report.stamp),
    ...extra.map(({ cell }) => cell(report)),
  ];
}

function itemCell(item: GradedItem | undefined): string {
  return item?.verdict.outcome === "scored" ? figure(item.earned) : "";
}

function measuredCells(accuracy: Report["accuracy"]): string[] {
  if (!accuracy) return MEASURED_COLUMNS.map(() => "");
  const { heldOut, interval } = accuracy;
  return [heldOut.correct / heldOut.n, interval.low, interval.high, heldOut.n].map(figure);
}
