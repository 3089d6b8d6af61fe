import type { ClassReport, Report } from "../../contract/index.js";
import { figure } from "./figure.js";
import { guardCell } from "./guard-cell.js";

/** A column that only classes with something in it have. */
export interface ExtraColumn {
  name: string;
  cell(report: Report): string;
}

const KINDS = ["bonus", "penalty", "late", "attempts"] as const;

/** Groups, what is added and taken off, attempts, items that wait for another, and comments; each where any row has it. */
export function extraColumns({ rows }: ClassReport): ExtraColumn[] {
  const groups = new Set(rows.flatMap(({ report }) => (report.groups ?? []).map(({ id }) => id)));
  const columns: ExtraColumn[] = [
    ...KINDS.map((kind) => ({ name: kind, cell: (report: Report) => adjustmentCell(report, kind) })),
    { name: "student", cell: ({ attempt }) => (attempt ? guardCell(attempt.student) : "") },
    { name: "attempt", cell: ({ attempt }) => (attempt ? figure(attempt.number) : "") },
    { name: "waiting", cell: waitingCell },
    { name: "comments", cell: commentsCell },
  ];
  return [
    ...[...groups].map((id) => ({ name: `group:${id}`, cell: (report: Report) => groupCell(report, id) })),
    ...columns.filter(({ cell }) => rows.some(({ report }) => cell(report) !== "")),
  ];
}

function groupCell({ groups }: Report, id: string): string {
  const group = groups?.find((one) => one.id === id);
  return group && group.pending === 0 ? figure(group.earned) : "";
}

function adjustmentCell({ adjustments }: Report, kind: (typeof KINDS)[number]): string {
  const line = adjustments?.find((one) => one.kind === kind);
  return line ? figure(line.points) : "";
}

/** `learning-rate<frozen-base`: the first cannot be judged until the second is earned. */
const waitingCell = ({ items }: Report): string =>
  guardCell(items.flatMap(({ id, waitsFor }) => (waitsFor ? [`${id}<${waitsFor.id}`] : [])).join(" "));

const commentsCell = ({ items }: Report): string =>
  guardCell(items.flatMap(({ id, comment }) => (comment ? [`${id}: ${comment}`] : [])).join(" | "));
