import { stringify } from "csv-stringify/sync";
import type { Reporter } from "../../contract/index.js";
import { gradeTable } from "./grade-table.js";

/** `grades.csv`: one row a submission, for gradebooks and spreadsheets. Ids only, no names. */
const csv: Reporter = {
  id: "csv",
  title: "grades.csv for gradebooks",
  render: (report) => [
    { path: "grades.csv", text: stringify(gradeTable(report), { record_delimiter: "windows" }) },
  ],
};

export default csv;
