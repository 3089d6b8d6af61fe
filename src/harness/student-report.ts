import type { AccuracyView, GradedItem, Report } from "../contract/index.js";
import { nextStep } from "../judge/index.js";
import { barsOf } from "./bars-of.js";
import { RUBRIC } from "./build-report.js";
import { hideItem } from "./hide-item.js";

/**
 * What a student may see, named field by field, so that a field added later stays hidden until someone allows it.
 * Hidden labels are in none of these; other students are in none of these; hidden thresholds are taken out of items,
 * of the picture of the bars and of what to do next.
 */
export function forStudent(report: Report): Report {
  const {
    assignment,
    submission,
    mark,
    attempt,
    network,
    timeline,
    accuracy,
    groups,
    adjustments,
    curves,
    checks,
    faults,
  } = report;
  const hides = report.items.some(({ hidden }) => hidden);
  // The very list where nothing is hidden, so that its views and pages are made once for both.
  const items = hides ? report.items.map(hideItem) : report.items;
  return {
    audience: "student",
    assignment,
    submission,
    mark,
    ...(attempt ? { attempt } : {}),
    nextStep: hides ? nextStep({ items }) : report.nextStep,
    network,
    timeline,
    items,
    ...(groups ? { groups } : {}),
    ...(adjustments ? { adjustments } : {}),
    accuracy: accuracy && withoutHiddenBars(accuracy, items),
    curves,
    checks,
    faults,
    run: report.run,
    stamp: report.stamp,
    versions: hides ? withoutRubricHash(report) : report.versions,
  };
}

/** Whoever knows the rest of a rubric could try thresholds until its hash comes out. */
const withoutRubricHash = ({ versions, assignment }: Report): Report["versions"] =>
  versions.map((one) => (one.label === RUBRIC ? { ...one, value: assignment.id } : one));

const withoutHiddenBars = (accuracy: AccuracyView, items: readonly GradedItem[]): AccuracyView =>
  items.some(({ hidden }) => hidden) ? { ...accuracy, thresholds: barsOf(items) } : accuracy;
