import type { Report } from "../contract/index.js";

/**
 * What a student may see, named field by field, so that a field added later stays hidden until someone allows it.
 * Hidden labels are in none of these; other students are in none of these.
 */
export function forStudent(report: Report): Report {
  const {
    assignment,
    submission,
    mark,
    nextStep,
    network,
    timeline,
    items,
    accuracy,
    curves,
    checks,
    faults,
  } = report;
  return {
    audience: "student",
    assignment,
    submission,
    mark,
    nextStep,
    network,
    timeline,
    items,
    accuracy,
    curves,
    checks,
    faults,
    run: report.run,
    stamp: report.stamp,
    versions: report.versions,
  };
}
