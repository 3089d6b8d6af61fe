import { spawnSync } from "node:child_process";
import path from "node:path";

/** Vitest's global set-up: the tests start real processes from dist, so dist must be made from the current sources. */
export default function buildBeforeTests() {
  const build = path.join(import.meta.dirname, "build.mjs");
  const run = spawnSync(process.execPath, [build], { stdio: ["ignore", "inherit", "inherit"] });
  // Type errors are the business of `npm run types`; tests of the parts that are right can still run.
  if (run.status !== 0) console.error("The build reported errors (above); the tests run with what it made.");
}
