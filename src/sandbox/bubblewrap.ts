import { freshUser } from "./fresh-user.js";
import { findJailHost, type JailHost } from "./jail-host.js";
import type { JailJob, JailResult, Sandbox } from "./job.js";
import { ALL_LAYERS, type JailLayers } from "./layers.js";
import { probeSandbox } from "./probe.js";
import { runJail } from "./run-jail.js";
import { stageFiles } from "./staging.js";

export interface BubblewrapOptions {
  /** Where to look for bwrap, bash, setpriv and prlimit; by default the PATH of the harness. */
  readonly searchPath?: string;
}

/** The real sandbox: every run in a bubblewrap jail of its own. */
export function bubblewrapSandbox({
  searchPath = process.env["PATH"] ?? "",
}: BubblewrapOptions = {}): Sandbox {
  return jailSandbox(searchPath, ALL_LAYERS);
}

/** The same with chosen layers, for the test that proves the worth of each. */
export function jailSandbox(searchPath: string, layers: JailLayers): Sandbox {
  let found: Promise<JailHost> | null = null;
  const run = async (job: JailJob): Promise<JailResult> => {
    found ??= findJailHost(searchPath);
    return stageAndRun(job, await found, layers);
  };
  return { id: "bubblewrap", run, probe: () => probeSandbox(run) };
}

async function stageAndRun(job: JailJob, host: JailHost, layers: JailLayers): Promise<JailResult> {
  const user = host.userRange !== null && layers.freshUser ? freshUser(host.userRange) : null;
  const staged = await stageFiles(job.files, user);
  try {
    const mounts = [...staged.mounts, ...job.binds];
    return await runJail({ job, host, layers, mounts, hidden: [], user });
  } finally {
    await staged.remove();
  }
}
