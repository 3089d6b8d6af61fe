import { OPTIONS_DESCRIPTOR, STATUS_DESCRIPTOR } from "./jail-arguments.js";
import type { JailHost } from "./jail-host.js";
import { RESULT_DESCRIPTOR } from "./job.js";
import type { JailLayers } from "./layers.js";

// Node marks only some descriptors as not to be inherited, and bubblewrap passes on whatever it finds. Nothing may be
// redirected around the loop: the shell would keep the old descriptor among those that are closed here.
const CLOSE_DESCRIPTORS = `for f in /proc/self/fd/*; do n=\${f##*/}; ((n > ${RESULT_DESCRIPTOR})) && eval "exec $n>&-"; done`;

// The shell stays, because the CPU time of finished children can only be asked for by their parent.
const RUN_AND_COUNT = `"$@"; code=$?; times >&${STATUS_DESCRIPTOR}; exit $code`;

/** The command the harness starts: it dies with the harness, closes what it inherited, runs bubblewrap, counts CPU time. */
export function outerCommand(
  host: JailHost,
  layers: JailLayers,
  inner: readonly string[],
): [string, string[]] {
  const script = layers.closedDescriptors ? `${CLOSE_DESCRIPTORS}; ${RUN_AND_COUNT}` : RUN_AND_COUNT;
  const bubblewrap = [host.bubblewrap, "--args", String(OPTIONS_DESCRIPTOR), "--", ...inner];
  return [host.setpriv, ["--pdeathsig", "KILL", "--", host.bash, "-c", script, "jail", ...bubblewrap]];
}

/** What came out of the status descriptor. */
export interface JailStatus {
  /** The first process of the jail, as the host numbers it. */
  readonly initPid: number | null;
  /** Set only when the program was really started, and has ended. */
  readonly exitCode: number | null;
  /** CPU time of everything that was started and waited for, the set-up of the jail included. */
  readonly cpuMs: number | null;
}

/** Reads the status text so far; lines that are not complete yet count as absent. */
export function readStatus(text: string): JailStatus {
  const field = (name: string): number | null => {
    const value = new RegExp(`"${name}": (\\d+)\\D`).exec(text)?.[1];
    return value === undefined ? null : Number(value);
  };
  const ofChildren = /^\d+m[\d.]+s \d+m[\d.]+s\n(\d+)m([\d.]+)s (\d+)m([\d.]+)s\n/m.exec(text);
  const [userMinutes, userSeconds, systemMinutes, systemSeconds] = ofChildren?.slice(1).map(Number) ?? [];
  const cpuMs =
    ofChildren === null
      ? null
      : 60_000 * ((userMinutes ?? 0) + (systemMinutes ?? 0)) +
        1000 * ((userSeconds ?? 0) + (systemSeconds ?? 0));
  return { initPid: field("child-pid"), exitCode: field("exit-code"), cpuMs };
}
