import type { Reporter } from "../../contract/index.js";
import { reportFile } from "./report-file.js";

/** The whole class as `report.json`, for other programs. */
const json: Reporter = {
  id: "json",
  title: "report.json for other programs",
  render: (report) => [{ path: "report.json", text: `${JSON.stringify(reportFile(report), null, 1)}\n` }],
};

export default json;
