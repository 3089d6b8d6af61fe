import { realpathSync } from "node:fs";
import { freshUser } from "./fresh-user.js";
import { findJailHost, type JailHost, notesOn } from "./jail-host.js";
import type { JailBind, JailJob, JailResult, Sandbox } from "./job.js";
import { ALL_LAYERS, type JailLayers } from "./layers.js";
import { packageRoot } from "./package-root.js";
import { probeSandbox } from "./probe.js";
import { bindReacher } from "./reach-binds.js";
import { runJail } from "./run-jail.js";
import { stageJob } from "./stage-job.js";

export interface BubblewrapOptions {
  /** Where to look for bwrap, bash and setpriv; by default the PATH of the harness. */
  readonly searchPath?: string;
  /** Folders no program may see. All that lies outside /usr is out of sight anyway, and so is Frostline itself. */
  readonly hidden?: readonly string[];
}

/** The real sandbox: every run in a bubblewrap jail of its own. */
export function bubblewrapSandbox(options: BubblewrapOptions = {}): Sandbox {
  return jailSandbox(options, ALL_LAYERS);
}

/** The same with chosen layers, for the test that proves the worth of each. */
export function jailSandbox(options: BubblewrapOptions, layers: JailLayers): Sandbox {
  const hidden = [packageRoot(), ...(options.hidden ?? [])].map((folder) => realpathSync(folder));
  let preparing: Promise<Prepared> | null = null;
  const prepared = (): Promise<Prepared> => {
    preparing ??= prepare(options.searchPath ?? process.env["PATH"] ?? "", layers);
    return preparing;
  };
  const run = async (job: JailJob): Promise<JailResult> => {
    const { host, reach } = await prepared();
    const user = host.userRange !== null && layers.freshUser ? freshUser(host.userRange) : null;
    const binds = await reach(job.binds);
    const staged = await stageJob(job, user);
    try {
      const mounts = [...staged.mounts, ...binds];
      const shownEmpty = hidden.filter((folder) => folder.startsWith("/usr/"));
      return await runJail({ job, host, layers, mounts, user, hidden: shownEmpty }, staged.tellLost);
    } finally {
      await staged.remove();
    }
  };
  return {
    id: "bubblewrap",
    run,
    probe: () => probeSandbox(run, async () => notesOn((await prepared()).host)),
  };
}

interface Prepared {
  readonly host: JailHost;
  readonly reach: (binds: readonly JailBind[]) => Promise<JailBind[]>;
}

async function prepare(searchPath: string, layers: JailLayers): Promise<Prepared> {
  const host = await findJailHost(searchPath);
  return { host, reach: bindReacher(host.userRange !== null && layers.freshUser) };
}
