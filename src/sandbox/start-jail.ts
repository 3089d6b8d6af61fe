import { execa } from "execa";
import { jailOptions } from "./jail-arguments.js";
import { innerCommand, outerCommand } from "./jail-commands.js";
import type { JailHost } from "./jail-host.js";
import type { JailBind, JailJob } from "./job.js";
import type { JailLayers } from "./layers.js";

/** Everything a jail is started from. */
export interface JailPlan {
  readonly job: JailJob;
  readonly host: JailHost;
  readonly layers: JailLayers;
  /** What is shown read-only: trusted folders, and the staged copies. */
  readonly mounts: readonly JailBind[];
  /** Folders below /usr that are shown empty. */
  readonly hidden: readonly string[];
  /** User and group id of the run; null to keep the harness's own. */
  readonly user: number | null;
}

/**
 * Starts the processes of a jail. What they write comes out of descriptors 1, 2, 3 (the jail's own status) and 6; the
 * program waits at the gate, descriptor 7.
 */
export function startJail({ job, host, layers, mounts, hidden, user }: JailPlan) {
  const options = jailOptions(host, layers, mounts, hidden, job.env ?? {}, job.limits.scratchMb);
  const [file, args] = outerCommand(host, layers, innerCommand(host, layers, job));
  return execa(file, args, {
    cwd: "/",
    env: { PATH: "/usr/bin:/bin" },
    extendEnv: !layers.emptyEnvironment,
    ...(user === null ? {} : { uid: user, gid: user }),
    // In a session of its own, so that Ctrl-C reaches the harness only, which then ends the run in order.
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe", nulTerminated(options), host.seccompFilter, "pipe", "pipe"],
    buffer: false,
    reject: false,
  });
}

function nulTerminated(options: readonly string[]): Uint8Array {
  return Buffer.from(options.map((option) => `${option}\0`).join(""));
}
