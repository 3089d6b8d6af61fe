// Sets up a fresh clone of the last commit with each supported Node and prints a table; `--test` runs the tests too.
// Versions after it (`22.23.3 24.21.0`) are tried instead of the whole list.
// Every Node comes from the npm package that holds its program and headers, and is kept in .cache/nodes.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const SUPPORTED = ["20.20.2", "22.23.3", "24.21.0", "26.10.0"];
const HEADINGS = ["Node", "set-up", "again", "isolated-vm", "TensorFlow", "tests"];

const root = path.dirname(import.meta.dirname);
const withTests = process.argv.includes("--test");
const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const rows = (named.length > 0 ? named : SUPPORTED).map((version) => tryVersion(version));
for (const row of [HEADINGS, ...rows]) console.log(row.map((cell) => cell.padEnd(24)).join(""));
if (rows.flat().some((cell) => /FAILED|[1-9]\d* failed/.test(cell))) process.exitCode = 1;

function tryVersion(version) {
  const node = fetchNode(version);
  const folder = mkdtempSync(path.join(tmpdir(), `frostline-node-${version}-`));
  try {
    // A test starts the harness as another user, who must be able to enter.
    chmodSync(folder, 0o755);
    run("git", ["clone", "--quiet", root, folder]);
    const first = setUp(node, folder);
    const second = setUp(node, folder);
    const tests = withTests && first.ok ? runTests(node, folder) : "not run";
    return [
      version,
      first.outcome,
      second.outcome,
      first.part("isolated-vm"),
      first.part("TensorFlow"),
      tests,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fetchNode(version) {
  const folder = path.join(root, ".cache", "nodes", version);
  if (!existsSync(folder)) {
    const fresh = `${folder}.part`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    const name = `node-${process.platform}-${process.arch}@${version}`;
    console.log(`downloading ${name}`);
    if (!run("npm", ["pack", "--silent", name], { cwd: fresh }).ok)
      throw new Error(`npm could not get ${name}.`);
    run("tar", ["-xzf", readdirSync(fresh)[0]], { cwd: fresh });
    renameSync(path.join(fresh, "package"), folder);
    rmSync(fresh, { recursive: true });
  }
  return path.join(folder, "bin", "node");
}

function setUp(node, folder) {
  const started = performance.now();
  const { ok, output } = run(node, ["scripts/setup.mjs"], { cwd: folder, node });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const part = (name) => new RegExp(`${name} +(\\S+) (already )?works`).exec(output)?.[1] ?? "FAILED";
  if (!ok) console.error(output);
  return { ok, part, outcome: ok ? `${seconds} s` : `FAILED: ${/(\S+) +FAILED/.exec(output)?.[1]}` };
}

function runTests(node, folder) {
  const { output } = run(node, ["node_modules/vitest/vitest.mjs", "run"], { cwd: folder, node });
  const counts = path.join(folder, ".cache", "test-counts.txt");
  const outcome = existsSync(counts) ? readFileSync(counts, "utf8").trim() : "FAILED to start";
  if (!/ 0 failed/.test(outcome)) console.error(output);
  return outcome;
}

function run(program, args, { cwd = root, node = process.execPath } = {}) {
  const searchPath = [path.dirname(node), process.env.PATH].join(path.delimiter);
  // The npm that may have started this script belongs to another Node.
  const { npm_execpath: _, ...inherited } = process.env;
  const env = { ...inherited, PATH: searchPath };
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  return { ok: status === 0, output: `${stdout}${stderr}` };
}
