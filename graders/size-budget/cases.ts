import type { RunFacts } from "../../src/contract/index.js";
import type { Case } from "../case.js";
import { sampleStructure } from "../case-evidence.js";

/** 515 parameters. */
const structure = sampleStructure();
const run: RunFacts = {
  executed: true,
  ended: "exit 0",
  wallMs: 20_000,
  cpuMs: 18_000,
  peakMemoryMb: 800,
  backend: "native",
  isolation: "bubblewrap",
  output: "",
  outputCut: false,
  notes: [],
};
const all = { maxParameters: 515, maxSeconds: 20, maxMemoryMb: 800 };

export const CASES: readonly Case[] = [
  {
    name: "exactly at every budget",
    evidence: { structure, run },
    options: all,
    expect: { score: 1, proof: "proved", says: /515 parameters, 20 seconds, 800 MB/ },
  },
  {
    name: "one parameter too many",
    evidence: { structure, run },
    options: { maxParameters: 514 },
    expect: { score: 0, advises: /smaller base/ },
  },
  {
    name: "a little too slow",
    evidence: { structure, run: { ...run, wallMs: 20_100 } },
    options: all,
    expect: { score: 2 / 3, advises: /features of the frozen base once/ },
  },
  {
    name: "slow only because others used the processors",
    evidence: { structure, run: { ...run, wallMs: 50_000, lostMs: 30_000 } },
    options: all,
    expect: { score: 1, says: /20 seconds/ },
  },
  {
    name: "too much memory",
    evidence: { structure, run: { ...run, peakMemoryMb: 801 } },
    options: { maxMemoryMb: 800 },
    expect: { score: 0, advises: /smaller batches/ },
  },
  {
    name: "nothing was run, so only parameters count",
    evidence: { structure, run: { ...run, executed: false } },
    options: all,
    expect: { score: 1, says: /^515 parameters\.$/ },
  },
  {
    name: "nothing was run, and only time is limited",
    evidence: { structure },
    options: { maxSeconds: 1 },
    expect: { outcome: "not-applicable" },
  },
  { name: "no budget", evidence: { structure, run }, expect: { outcome: "not-applicable" } },
];
