import type { Evidence } from "../../contract/index.js";

/** A mistake as evidence would show it. Pure: the evidence handed in is left as it is. */
export interface Mutation {
  /** Permanent, kebab-case. */
  id: string;
  /** What went wrong, in a clause. */
  title: string;
  /** The evidence of the same work with this mistake in it; null where this work cannot have it. */
  apply(evidence: Evidence): Evidence | null;
}
