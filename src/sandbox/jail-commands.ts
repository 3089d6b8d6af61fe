import { GATE_DESCRIPTOR, OPTIONS_DESCRIPTOR, STATUS_DESCRIPTOR } from "./jail-arguments.js";
import type { JailHost } from "./jail-host.js";
import type { JailJob } from "./job.js";
import { limitLine } from "./kernel-limits.js";
import type { JailLayers } from "./layers.js";

// Node marks only some descriptors as not to be inherited, and bubblewrap passes on whatever it finds. Nothing may be
// redirected around the loop: the shell would keep the old descriptor among those that are closed here.
const CLOSE_DESCRIPTORS = `for f in /proc/self/fd/*; do n=\${f##*/}; ((n > ${GATE_DESCRIPTOR})) && eval "exec $n>&-"; done`;

// When the machine runs out of memory, a jail must go before the harness.
const VOLUNTEER = "echo 1000 >/proc/self/oom_score_adj";

// The shell stays, because the CPU time of finished children can only be asked for by their parent.
const RUN_AND_COUNT = `"$@"; code=$?; times >&${STATUS_DESCRIPTOR}; exit $code`;

// The harness opens the gate when it can kill for certain. A harness that died before that never does, and then
// nothing is run: bubblewrap itself ties the jail to its parent's life only just before it starts the command.
const PASS_GATE = `printf . >&${GATE_DESCRIPTOR} && IFS= read -r word <&${GATE_DESCRIPTOR} && [ "$word" = go ]`;
const BECOME_PROGRAM = `exec "$@" ${GATE_DESCRIPTOR}>&-`;

/** What the harness answers at the gate. */
export const GO = "go\n";

/** The command the harness starts: it dies with the harness, closes what it inherited, runs bubblewrap, counts CPU time. */
export function outerCommand(
  host: JailHost,
  layers: JailLayers,
  inner: readonly string[],
): [string, string[]] {
  const steps = [VOLUNTEER, ...(layers.closedDescriptors ? [CLOSE_DESCRIPTORS] : []), RUN_AND_COUNT];
  const bubblewrap = [host.bubblewrap, "--args", String(OPTIONS_DESCRIPTOR), "--", ...inner];
  return [
    host.setpriv,
    ["--pdeathsig", "KILL", "--", host.bash, "-c", steps.join("; "), "jail", ...bubblewrap],
  ];
}

/** The command inside the jail: it limits itself, waits at the gate, and becomes the program. */
export function innerCommand(host: JailHost, layers: JailLayers, { limits, command }: JailJob): string[] {
  const steps = [...(layers.innerLimits ? [limitLine(limits)] : []), PASS_GATE, BECOME_PROGRAM];
  return [host.bash, "-c", steps.join(" && "), "jail", ...command];
}
