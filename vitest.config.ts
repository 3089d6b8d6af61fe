import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["scripts/build-before-tests.mjs"],
    reporters: ["default", "./scripts/count-reporter.mjs"],
    // The tests start real jails and real Python: they are slow on a busy machine, not stuck.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
