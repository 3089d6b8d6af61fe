import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FrostlineFault } from "../../src/contract/index.js";
import {
  jailLimits,
  type NodeProgramRun,
  nodeFlags,
  openSandbox,
  runNodeProgram,
  type Sandbox,
  WITHOUT_WASM,
} from "../../src/sandbox/index.js";
import { readNativeParts } from "../../src/sandbox/native-parts.js";

const project = path.join(import.meta.dirname, "..", "..");
const root = mkdtempSync(path.join(tmpdir(), "frost-test-"));
const LOOK = `
import { createRequire } from "node:module";
import { readFileSync, writeSync } from "node:fs";
const require = createRequire(import.meta.url);
const { FROSTLINE_ISOLATED_VM: isolate, FROSTLINE_TF_ADDON: tensorflow } = process.env;
const found = {
  args: process.argv.slice(2),
  said: process.argv[2] ? readFileSync(process.argv[2], "utf8") : null,
  wasm: hasWasm(),
  flags: process.execArgv,
  variables: Object.keys(process.env).sort(),
  isolate: isolate ? new (require(isolate).ivm.Isolate)().createContextSync().evalSync("6 * 7") : null,
  tensorflow: tensorflow ? require(tensorflow).TF_Version : null,
};
writeSync(6, JSON.stringify(found));
function hasWasm() {
  try {
    return new WebAssembly.Memory({ initial: 16 }).buffer.byteLength > 0;
  } catch {
    return false;
  }
}
`;
let sandbox: Sandbox;

beforeAll(async () => {
  mkdirSync(path.join(root, "dist", "engine"), { recursive: true });
  writeFileSync(path.join(root, "dist", "engine", "look.mjs"), LOOK);
  symlinkSync(path.join(project, ".cache"), path.join(root, ".cache"));
  sandbox = await openSandbox({ unsafe: false });
});

afterAll(() => rmSync(root, { recursive: true }));

async function look(run: Partial<NodeProgramRun> = {}) {
  const limits = jailLimits({ processes: 512, dataMb: 8192, memoryMb: 2048, openFiles: 1024 });
  const result = await runNodeProgram(sandbox, { root, program: "look", args: [], limits, ...run });
  expect(result).toMatchObject({ ended: "exited", exitCode: 0, stderr: "" });
  return JSON.parse(result.result.toString()) as Record<string, unknown>;
}

it("runs a bundle with its arguments and files, and without WebAssembly", async () => {
  const files = [{ target: "/job/job.json", bytes: Buffer.from("{}") }];
  const found = await look({ args: ["/job/job.json", "--more"], files, flags: nodeFlags({ heapMb: 256 }) });
  expect(found).toMatchObject({ args: ["/job/job.json", "--more"], said: "{}", wasm: false });
  expect(found["flags"]).toEqual(["--no-node-snapshot", ...WITHOUT_WASM, "--max-old-space-size=256"]);
  expect(found["variables"]).toEqual([
    "HOME",
    "LC_ALL",
    "MALLOC_MMAP_THRESHOLD_",
    "MALLOC_TRIM_THRESHOLD_",
    "PATH",
    "PWD",
    "SHLVL",
    "TMPDIR",
  ]);
});

it("gives WebAssembly to a program that asks for it", async () => {
  expect(await look({ flags: nodeFlags({ wasm: true, semiSpaceMb: [32, 64] }) })).toMatchObject({
    wasm: true,
  });
});

it("shows the native parts, which load in the jail", async (ctx) => {
  const built = readNativeParts(project);
  if (!built?.isolatedVm) ctx.skip("isolated-vm was not built by the set-up");
  const found = await look({ native: ["isolated-vm", "tensorflow"] });
  expect(found).toMatchObject({ isolate: 42, tensorflow: built?.tensorflow?.version ?? null });
});

it("runs without a sandbox too, when that is asked for", async () => {
  const unsafe = await openSandbox({ unsafe: true });
  const files = [{ target: "/job/job.json", bytes: Buffer.from("{}") }];
  const native = existsSync(path.join(project, ".cache", "native")) ? (["isolated-vm"] as const) : [];
  const run = {
    root,
    program: "look",
    args: ["/job/job.json"],
    files,
    native,
    limits: jailLimits({ dataMb: 8192 }),
  };
  const { result } = await runNodeProgram(unsafe, run);
  expect(JSON.parse(result.toString())).toMatchObject({ said: "{}", isolate: native.length > 0 ? 42 : null });
});

it.each([
  [{ program: "unknown" }, "The program unknown"],
  [{ root: path.join(root, "dist"), program: "look" }, "The program look"],
])("names what the set-up did not make: %j", async (given, part) => {
  const run = runNodeProgram(sandbox, { root, args: [], limits: jailLimits(), ...given });
  await expect(run).rejects.toThrow(FrostlineFault);
  await expect(run).rejects.toMatchObject({
    fault: { code: "native-missing", blame: "harness", params: { part } },
  });
});

it("names a native part that was not built", async () => {
  const bare = mkdtempSync(path.join(root, "bare-"));
  mkdirSync(path.join(bare, "dist"));
  symlinkSync(path.join(root, "dist", "engine"), path.join(bare, "dist", "engine"));
  const run = runNodeProgram(sandbox, {
    root: bare,
    program: "look",
    args: [],
    limits: jailLimits(),
    native: ["isolated-vm"],
  });
  await expect(run).rejects.toMatchObject({
    fault: { code: "native-missing", params: { part: "isolated-vm" } },
  });
});
