/** One line of the fault catalogue: who must act, what was found, what was expected, what to do next. */
export interface CatalogueEntry {
  blame: "submission" | "instructor" | "harness";
  what: string;
  expected: string;
  next: string;
}
