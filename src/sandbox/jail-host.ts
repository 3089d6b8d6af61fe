import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { FrostlineFault } from "../contract/index.js";
import { freshUserRange, type UserRange } from "./fresh-user.js";
import { hasSeccompTable, seccompFilter } from "./seccomp.js";

/** What this machine offers for a jail. */
export interface JailHost {
  readonly bubblewrap: string;
  readonly bash: string;
  readonly setpriv: string;
  readonly seccompFilter: Buffer;
  /** bubblewrap 0.8 and later can forbid further user namespaces inside. */
  readonly canDisableUserNamespaces: boolean;
  /** Null when the harness is not root; runs then keep its user, inside a user namespace. */
  readonly userRange: UserRange | null;
}

const PACKAGES = { bwrap: "bubblewrap", bash: "bash", setpriv: "util-linux" };

/**
 * Looks for everything the jail is made of, without starting one.
 * @throws FrostlineFault `sandbox-unavailable`, which names what is missing.
 */
export async function findJailHost(searchPath: string): Promise<JailHost> {
  if (process.platform !== "linux")
    throw unavailable(
      `it needs Linux, and this is ${process.platform}`,
      "Grade on Linux (a virtual machine or WSL 2 will do), or check your own work with `frostline check --own-code`.",
    );
  if (!hasSeccompTable(process.arch))
    throw unavailable(
      `there is no list of system calls for ${process.arch}`,
      "Grade on a machine with an x64 or arm64 processor.",
    );
  const userRange = freshUserRange();
  if (process.getuid?.() === 0 && userRange === null)
    throw unavailable(
      "root has no other user ids here to give to a run",
      "Run Frostline as an ordinary user, or map at least 65536 user ids into this container.",
    );
  if (!existsSync("/proc/thread-self/children"))
    throw unavailable(
      "this kernel does not list the children of a process (CONFIG_PROC_CHILDREN)",
      "Use the kernel of a current distribution.",
    );
  const bubblewrap = findTool("bwrap", searchPath);
  const { stdout: help } = await promisify(execFile)(bubblewrap, ["--help"]);
  if (!help.includes("--size"))
    throw unavailable(
      "this bubblewrap cannot limit the size of scratch folders",
      "Install bubblewrap 0.8 or newer; Ubuntu 22.04 brings 0.6.1, Debian 12 and Ubuntu 24.04 bring newer ones.",
    );
  return {
    bubblewrap,
    bash: findTool("bash", searchPath),
    setpriv: findTool("setpriv", searchPath),
    seccompFilter: seccompFilter(process.arch),
    canDisableUserNamespaces: help.includes("--disable-userns"),
    userRange,
  };
}

/** What whoever runs Frostline should know of the jail here. */
export function notesOn({ userRange, canDisableUserNamespaces }: JailHost): string[] {
  return [
    userRange === null ? "runs keep the user of the harness" : "each run has a user of its own",
    ...(canDisableUserNamespaces
      ? []
      : ["bubblewrap is older than 0.8, so only the filter on system calls forbids further namespaces"]),
  ];
}

function findTool(name: keyof typeof PACKAGES, searchPath: string): string {
  for (const folder of searchPath.split(path.delimiter)) {
    const candidate = path.join(folder, name);
    if (path.isAbsolute(folder) && isExecutable(candidate)) return candidate;
  }
  throw unavailable(
    `the program ${name} was not found`,
    `Install it, for example with \`sudo apt-get install ${PACKAGES[name]}\`.`,
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function unavailable(reason: string, fix: string): FrostlineFault {
  return new FrostlineFault("sandbox-unavailable", { reason, fix });
}
