import type { Inspection } from "../../contract/index.js";
import { pageRenderer } from "../html/render-page.js";
import { cleanInspection } from "./clean-inspection.js";
import { pageView } from "./page-view.js";

/** One saved model as one self-contained page under the policy of the reports; it needs no network. */
export function pageInspection(inspection: Inspection): string {
  const shown = cleanInspection(inspection);
  return pageRenderer()("inspection-page", shown.name, pageView(shown));
}
