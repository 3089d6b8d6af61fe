import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "./scratch-project.js";

const read = (file: string) => readFileSync(path.join(projectRoot, file), "utf8");

test("the lock holds no download address, so it works behind any registry", () => {
  expect(read("package-lock.json")).not.toMatch(/"resolved"|https?:\/\/registry/);
});

test("every direct dependency is pinned to one version", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(version, name).toMatch(/^(npm:[^@]+@)?\d+\.\d+\.\d+$/);
});
