import type { Report, Reporter } from "../../contract/index.js";
import { cleanClass, cleanRow } from "../clean-report.js";
import { classView } from "./class-view.js";
import { pageRenderer } from "./render-page.js";
import { studentView } from "./student-view.js";
import { viewOnce } from "./view-once.js";

/** The class page, and two pages for each submission: one for staff, one for the student. No page needs a network. */
const html: Reporter = {
  id: "html",
  title: "Pages for the browser",
  render(report) {
    const cleaned = cleanClass(report);
    const render = pageRenderer();
    return [{ path: "index.html", text: render("class-page", cleaned.assignment.title, classView(cleaned)) }];
  },
  renderRows() {
    const render = pageRenderer();
    return (row) => {
      const { report, student, staffPage, studentPage } = cleanRow(row);
      const once = viewOnce();
      const page = (shown: Report, classPage: string | null): string =>
        render(
          "student-page",
          `${shown.submission.name} · ${shown.assignment.title}`,
          studentView(shown, classPage, once),
        );
      return [
        { path: staffPage, text: page(report, "../index.html") },
        { path: studentPage, text: page(student, null) },
      ];
    };
  },
};

export default html;
