import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const COUNTS_FILE = path.join(import.meta.dirname, "..", ".cache", "test-counts.txt");

/** A Vitest reporter: says why each skipped test was skipped, and leaves the counts in .cache/test-counts.txt for .ci/run. */
export default function countReporter() {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const tests = modules.flatMap((module) => [...module.children.allTests()]);
      const inState = (state) => tests.filter((test) => test.result().state === state);
      for (const test of inState("skipped"))
        console.log(`skipped: ${test.fullName}: ${test.result().note ?? "no reason was given"}`);
      // A file that cannot even be loaded has no tests, yet it is a failure.
      const brokenFiles = modules.flatMap((module) => module.errors());
      const failed = inState("failed").length + brokenFiles.length + unhandledErrors.length;
      const counts = `${inState("passed").length} passed, ${failed} failed, ${inState("skipped").length} skipped`;
      mkdirSync(path.dirname(COUNTS_FILE), { recursive: true });
      writeFileSync(COUNTS_FILE, `${counts}\n`);
    },
  };
}
