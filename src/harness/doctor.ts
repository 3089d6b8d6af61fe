import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describeFault, FrostlineFault } from "../contract/index.js";
import { KINDS } from "../kinds/index.js";
import { bubblewrapSandbox, readNativeParts } from "../sandbox/index.js";
import { openStore } from "../store/index.js";

/** One part of Frostline on this machine. */
export interface MachinePart {
  name: string;
  works: boolean;
  /** Grading goes on without it, at a cost. */
  optional: boolean;
  state: string;
  cost: string;
  fix: string;
}

/** Tries every part by using it; changes nothing. */
export async function examineMachine(root: string): Promise<MachinePart[]> {
  return [
    nodeVersion(),
    built(root),
    await isolate(root),
    await tensorflow(root),
    await jail(),
    ...(await programs(root)),
    await store(root),
  ];
}

function nodeVersion(): MachinePart {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  return {
    name: "Node.js",
    works: major > 20 || (major === 20 && minor >= 19),
    optional: false,
    state: process.version,
    cost: "nothing runs.",
    fix: "install Node.js 22 or newer.",
  };
}

function built(root: string): MachinePart {
  const works = existsSync(join(root, "dist/engine/predict.mjs"));
  return {
    name: "programs for the sandbox",
    works,
    optional: false,
    state: works ? "built" : "not built",
    cost: "no submission can be run or read.",
    fix: "npm run setup",
  };
}

async function isolate(root: string): Promise<MachinePart> {
  const addon = readNativeParts(root)?.isolatedVm ?? null;
  const test =
    "const m=require(process.argv[1]).ivm;const i=new m.Isolate();process.exit(i.createContextSync().evalSync('1+1')===2?0:3)";
  const tried = addon
    ? await tryNode(["--no-node-snapshot", "-e", test, addon])
    : "it was never built for this Node.js version";
  return {
    name: "isolated-vm",
    works: tried === null,
    optional: false,
    state: tried ?? `runs JavaScript apart from Node.js ${process.versions.node}`,
    cost: "TensorFlow.js programs cannot be run; their items stay pending.",
    fix: "npm run setup (needs g++ and Python 3)",
  };
}

async function tensorflow(root: string): Promise<MachinePart> {
  const native = readNativeParts(root)?.tensorflow ?? null;
  const tried = native
    ? await tryNode(["-e", "process.exit(require(process.argv[1]).TF_Version?0:3)", native.addon])
    : "not built";
  return {
    name: "TensorFlow's native backend",
    works: tried === null,
    optional: true,
    state: tried ?? `TensorFlow ${native?.version}`,
    cost: "TensorFlow.js programs run and models predict on WebAssembly: work on a frozen base takes up to 2 times as long, training of whole networks 2 to 5 times; programs get 6 times a rubric's seconds; those that read GIF or BMP pictures stay pending.",
    fix: "npm run setup (needs g++, Python 3.11 with pip, Linux on x64)",
  };
}

async function jail(): Promise<MachinePart> {
  const probe = await bubblewrapSandbox().probe();
  return {
    name: "bubblewrap sandbox",
    works: probe.works,
    optional: false,
    state: probe.works
      ? ["a probe jail started and ended as asked", ...probe.notes].join("; ")
      : probe.reason,
    cost: "nothing of a submission is run; every mark stays pending.",
    fix: probe.works ? "" : probe.fix,
  };
}

/** What the kinds run programs with. */
async function programs(root: string): Promise<MachinePart[]> {
  const sandbox = bubblewrapSandbox();
  const trials = KINDS.flatMap((kind) => (kind.examine ? [kind.examine(root, sandbox)] : []));
  const settled = await Promise.allSettled(trials);
  // Without a jail nothing can be tried, and the row of the sandbox says so.
  return settled.flatMap((one) => (one.status === "fulfilled" ? [{ ...one.value, optional: true }] : []));
}

async function store(root: string): Promise<MachinePart> {
  const part = {
    name: "store",
    optional: false,
    cost: "assignments that use these cannot be graded.",
    fix: "frostline store verify",
  };
  try {
    const opened = openStore({ root });
    const [datasets, bases] = [await opened.listDatasets(), await opened.listBases()];
    const state = `${datasets.length} data ${datasets.length === 1 ? "set" : "sets"}, ${bases.length} ${bases.length === 1 ? "base" : "bases"}`;
    return { ...part, works: datasets.length > 0 && bases.length > 0, state };
  } catch (error) {
    const state = error instanceof FrostlineFault ? describeFault(error.fault).what : String(error);
    return { ...part, works: false, state };
  }
}

/** Null when the child did what it should, else why not. */
async function tryNode(args: string[]): Promise<string | null> {
  const tried = await execa(process.execPath, args, {
    reject: false,
    timeout: 20_000,
    env: { TF_CPP_MIN_LOG_LEVEL: "3" },
  });
  if (!tried.failed) return null;
  return (
    tried.stderr.split("\n").find((line) => /error/i.test(line)) ??
    `it ended with ${tried.exitCode ?? tried.signal}`
  );
}
