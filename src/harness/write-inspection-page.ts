import type { Inspection } from "../contract/index.js";
import { pageInspection } from "../reporters/inspect/page-inspection.js";
import { writeAtomic } from "./write-atomic.js";

/**
 * Writes the page of one inspected model. Apart from the rest, so that templates are loaded only for a page.
 * @throws FrostlineFault `output-unwritable`
 */
export function writeInspectionPage(path: string, inspection: Inspection): void {
  writeAtomic(path, pageInspection(inspection));
}
