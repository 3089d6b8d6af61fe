import type { Reporter } from "../../contract/index.js";
import { cleanClass } from "../clean-report.js";
import { classView } from "./class-view.js";
import { pageRenderer } from "./render-page.js";
import { studentView } from "./student-view.js";

/** The class page, and two pages for each submission: one for staff, one for the student. No page needs a network. */
const html: Reporter = {
  id: "html",
  title: "Pages for the browser",
  render(report) {
    const cleaned = cleanClass(report);
    const render = pageRenderer();
    const { title } = cleaned.assignment;
    return [
      { path: "index.html", text: render("class-page", title, classView(cleaned)) },
      ...cleaned.rows.flatMap((row) => [
        {
          path: row.staffPage,
          text: render(
            "student-page",
            `${row.report.submission.name} · ${title}`,
            studentView(row.report, "../index.html"),
          ),
        },
        {
          path: row.studentPage,
          text: render(
            "student-page",
            `${row.student.submission.name} · ${title}`,
            studentView(row.student, null),
          ),
        },
      ]),
    ];
  },
};

export default html;
