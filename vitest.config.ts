import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // The sources have none of the validators that the build compiles: the tests take the real ones.
    alias: [
      {
        find: /^\.\/validators\.js$/,
        replacement: join(import.meta.dirname, "dist/src/contract/validators.js"),
      },
    ],
  },
  test: {
    include: ["tests/**/*.test.ts"],
    server: { deps: { external: [/dist\/src\/contract\/validators\.js$/] } },
    globalSetup: ["scripts/build-before-tests.mjs"],
    reporters: ["default", "./scripts/count-reporter.mjs"],
    // Vitest would leave one of two cores idle; programs in jails have seconds that do not pass while they wait.
    maxWorkers: 2,
    // Test files share what they import: no room keeps state, and loading all of it again takes a minute.
    isolate: false,
    // The tests start real jails and real Python: they are slow on a busy machine, not stuck.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      // What makes a grade out of evidence; the build replaces the empty validators.
      include: ["src/{contract,facts,judge}/**/*.ts", "graders/**/*.ts"],
      exclude: ["src/contract/validators.ts"],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
      reporter: [["text", { skipFull: true }]],
    },
  },
});
