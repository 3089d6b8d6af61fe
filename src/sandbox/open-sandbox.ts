import { FrostlineFault } from "../contract/index.js";
import { type BubblewrapOptions, bubblewrapSandbox } from "./bubblewrap.js";
import type { Sandbox } from "./job.js";
import { sweepStagingRoot } from "./staging-root.js";
import { unsafeSandbox } from "./unsafe.js";

export interface OpenSandboxOptions extends BubblewrapOptions {
  /** Run without any isolation; whoever asks for it must stamp every result. */
  readonly unsafe: boolean;
}

/**
 * Opens the sandbox and proves that it holds, before anything of a submission is run.
 * @throws FrostlineFault `sandbox-unavailable`; nothing weaker is ever taken in its place.
 */
export async function openSandbox({ unsafe, ...options }: OpenSandboxOptions): Promise<Sandbox> {
  await sweepStagingRoot();
  if (unsafe) return unsafeSandbox();
  const sandbox = bubblewrapSandbox(options);
  const probe = await sandbox.probe();
  if (!probe.works) throw new FrostlineFault("sandbox-unavailable", { reason: probe.reason, fix: probe.fix });
  return sandbox;
}
