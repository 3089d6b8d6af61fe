import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { projectRoot, scratchProject } from "./scratch-project.js";

const PLACES = [".cache/native", "dist", "node_modules/.package-lock.json", "scripts", "package-lock.json"];

function timesOfFiles(): Record<string, number> {
  const times: Record<string, number> = {};
  for (const place of PLACES) {
    const stats = statSync(path.join(projectRoot, place));
    if (!stats.isDirectory()) times[place] = stats.mtimeMs;
    else
      for (const file of readdirSync(path.join(projectRoot, place), { recursive: true, encoding: "utf8" }))
        times[path.join(place, file)] = statSync(path.join(projectRoot, place, file)).mtimeMs;
  }
  return times;
}

/** Seconds of processor time of all that a shell started, from the second line of its `times`. */
function secondsOf(times: string): number {
  const [, ofChildren = ""] = times.trim().split("\n");
  const parts = [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}

test("a second set-up finds everything there, computes for less than 5 s and changes no file", async () => {
  await execa("node", ["scripts/setup.mjs"], { cwd: projectRoot });
  const before = timesOfFiles();
  const timed = ["-c", "node scripts/setup.mjs && times >&2"];
  const { stdout, stderr } = await execa("bash", timed, { cwd: projectRoot });
  expect(timesOfFiles()).toEqual(before);
  expect(secondsOf(stderr)).toBeGreaterThan(0);
  expect(secondsOf(stderr)).toBeLessThan(5);
  const sentences = stdout
    .split("\n")
    .map((line) => line.replace(/^ *[\d.]+ s +/, "").replace(/ {2,}/, ": "));
  expect(sentences).toContain("packages: already installed");
  expect(sentences).toContain("build: dist is already made from the current sources");
  expect(sentences.at(-1)).toBe("set-up: complete");
});

test("without a package registry the set-up says so, says what to do and exits with 1", async () => {
  const folder = scratchProject({});
  const env = {
    npm_config_registry: "http://127.0.0.1:9",
    npm_config_fetch_retries: "0",
    npm_config_cache: path.join(folder, "npm-cache"),
  };
  const { exitCode, stdout, stderr } = await execa("node", ["scripts/setup.mjs"], {
    cwd: folder,
    env,
    reject: false,
  });
  expect(exitCode).toBe(1);
  expect(stdout).toContain("installing, because node_modules is missing or incomplete");
  expect(stdout).toContain("FAILED: npm could not reach its package registry");
  expect(stderr).toContain("What to do: Check the network (or `npm config get registry`), then run");
});

test("an installation that was interrupted is recognised and done again", async () => {
  const folder = scratchProject({ "node_modules/execa/package.json": "{}" });
  const env = { npm_config_offline: "true", npm_config_cache: path.join(folder, "npm-cache") };
  const { stdout } = await execa("node", ["scripts/setup.mjs"], { cwd: folder, env, reject: false });
  expect(stdout).toContain("installing, because node_modules is missing or incomplete");
});

test("a program that does not exist neither fails nor delays the set-up", async () => {
  const source = `const { runCommand } = await import("./scripts/setup/run-command.mjs");
    console.log((await runCommand("no-such-program", [])).ok);`;
  const options = { cwd: projectRoot, timeout: 20_000 };
  const { stdout } = await execa("node", ["--input-type=module", "-e", source], options);
  expect(stdout).toBe("false");
});
