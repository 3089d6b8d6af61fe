import { FrostlineFault } from "../contract/index.js";
import { type JailJob, type JailResult, jailLimits, type SandboxProbe } from "./job.js";

const SHOW_ISOLATION: JailJob = {
  command: ["/usr/bin/cat", "/proc/self/status", "/proc/net/dev"],
  binds: [],
  files: [],
  limits: jailLimits({ wallMs: 10_000 }),
};

/** What the kernel must say about a process inside the jail. */
const LAYERS: readonly (readonly [layer: string, sign: RegExp])[] = [
  ["the user of its own", /^Uid:\s+1000\b/m],
  ["the loss of all capabilities", /^CapEff:\s+0+$/m],
  ["the ban on new privileges", /^NoNewPrivs:\s+1$/m],
  ["the filter on system calls", /^Seccomp:\s+2$/m],
  ["the process namespace", /^Pid:\s+1$/m],
];

const NAMESPACES_FIX =
  "Allow user namespaces: on Ubuntu 24.04 run `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0` or give bwrap an AppArmor profile; in Docker start the container with `--security-opt seccomp=unconfined --security-opt apparmor=unconfined`.";

/** Refusals of bubblewrap that have a known cause outside Frostline. */
const KNOWN_REFUSALS: readonly (readonly [sign: RegExp, fix: string])[] = [
  [
    /mount proc/i,
    "Docker hides parts of /proc: start the container with `--security-opt systempaths=unconfined`.",
  ],
  [/uid map|RTM_NEWADDR|namespace/i, NAMESPACES_FIX],
  [
    /prctl\(PR_SET_SECCOMP\)|seccomp/i,
    "Use a kernel with CONFIG_SECCOMP_FILTER, or allow seccomp filters in the container.",
  ],
];

/** Runs a probe jail and checks, by the kernel's own words, that every layer is in place. */
export async function probeSandbox(
  run: (job: JailJob) => Promise<JailResult>,
  notes: () => Promise<readonly string[]>,
): Promise<SandboxProbe> {
  try {
    const { ended, stdout } = await run(SHOW_ISOLATION);
    if (ended !== "exited") return broken(`its probe ended by ${ended}`);
    const absent = LAYERS.filter(([, sign]) => !sign.test(stdout)).map(([layer]) => layer);
    if (/^\s*(?!lo:)\w+:/m.test(stdout.slice(stdout.indexOf("Inter-|"))))
      absent.push("the network namespace");
    if (absent.length > 0) return broken(`its probe ran without ${absent.join(", ")}`);
    return { works: true, notes: await notes() };
  } catch (error) {
    if (!(error instanceof FrostlineFault)) throw error;
    const { reason, fix } = error.fault.params;
    if (error.fault.code === "sandbox-unavailable")
      return { works: false, reason: String(reason), fix: String(fix) };
    return broken(String(reason));
  }
}

function broken(reason: string): SandboxProbe {
  const known = KNOWN_REFUSALS.find(([sign]) => sign.test(reason));
  const fix = known?.[1] ?? "Run `bwrap --unshare-all --ro-bind / / true` and mend what it reports.";
  return { works: false, reason, fix };
}
