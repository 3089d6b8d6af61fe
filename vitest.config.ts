import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["scripts/build-before-tests.mjs"],
    reporters: ["default", "./scripts/count-reporter.mjs"],
    // The tests start real jails and real Python: they are slow on a busy machine, not stuck.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      // What makes a grade out of evidence; the build replaces the empty validators.
      include: ["src/{contract,facts,judge}/**/*.ts", "graders/**/*.ts"],
      exclude: ["src/contract/validators.ts"],
      thresholds: { lines: 100, branches: 99 },
      reporter: [["text", { skipFull: true }]],
    },
  },
});
