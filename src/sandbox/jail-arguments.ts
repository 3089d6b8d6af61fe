import { lstatSync } from "node:fs";
import type { JailHost } from "./jail-host.js";
import type { JailBind } from "./job.js";
import type { JailLayers } from "./layers.js";

const MEBIBYTE = 1024 * 1024;

/** Descriptors of the jail's own plumbing; none of them reaches the program. */
export const STATUS_DESCRIPTOR = 3;
export const OPTIONS_DESCRIPTOR = 4;
const SECCOMP_DESCRIPTOR = 5;
export const GATE_DESCRIPTOR = 7;

// Without /dev/zero, which can be mapped as shared memory that no count holds, and without any terminal.
const DEVICES = ["null", "full", "random", "urandom"];

/**
 * glibc gives every large block back to the kernel when it is freed, and the next tensor of that size is zeroed anew,
 * page by page: a fifth of a training's time. A jail keeps what it took; its limit counts that as before.
 */
const KEEP_FREED_MEMORY = {
  MALLOC_MMAP_THRESHOLD_: String(1024 * MEBIBYTE),
  MALLOC_TRIM_THRESHOLD_: String(4096 * MEBIBYTE),
};

/** The user the program sees itself as, the same in every run so that nothing depends on chance. */
const INNER_USER = "1000";

/**
 * The options of bubblewrap, for its --args descriptor.
 * @param mounts read-only, in any order; those below others are mounted after them
 * @param hidden folders below /usr that are shown empty
 */
export function jailOptions(
  host: JailHost,
  layers: JailLayers,
  mounts: readonly JailBind[],
  hidden: readonly string[],
  env: Readonly<Record<string, string>>,
  scratchMb: number,
): string[] {
  const scratchBytes = String(scratchMb * MEBIBYTE);
  const parentsFirst = mounts.toSorted((a, b) => a.target.length - b.target.length);
  const variables = {
    ...{ PATH: "/usr/bin:/bin", HOME: "/work", TMPDIR: "/tmp", LC_ALL: "C.UTF-8" },
    ...KEEP_FREED_MEMORY,
    ...env,
  };
  return [
    ...["--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--as-pid-1"],
    ...(host.canDisableUserNamespaces ? ["--disable-userns", "--assert-userns-disabled"] : []),
    ...["--uid", INNER_USER, "--gid", INNER_USER, "--cap-drop", "ALL", "--hostname", "jail"],
    ...["--ro-bind", "/usr", "/usr", ...systemFolders()],
    ...["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"],
    ...["--ro-bind-try", "/etc/alternatives", "/etc/alternatives"],
    ...["--proc", "/proc"],
    // Unsized, each of these would be a disk of half the machine's memory.
    ...["--size", String(MEBIBYTE), "--tmpfs", "/dev"],
    ...["/dev/shm", "/tmp", "/work"].flatMap((folder) => ["--size", scratchBytes, "--tmpfs", folder]),
    ...DEVICES.flatMap((name) => ["--dev-bind", `/dev/${name}`, `/dev/${name}`]),
    ...["--symlink", "/proc/self/fd", "/dev/fd", "--symlink", "/proc/self/fd/1", "/dev/stdout"],
    ...["--symlink", "/proc/self/fd/0", "/dev/stdin", "--symlink", "/proc/self/fd/2", "/dev/stderr"],
    ...hidden.flatMap((folder) => ["--tmpfs", folder, "--remount-ro", folder]),
    ...parentsFirst.flatMap(({ source, target }) => ["--ro-bind", source, target]),
    ...["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/work"],
    ...(layers.emptyEnvironment ? ["--clearenv"] : []),
    ...Object.entries(variables).flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--json-status-fd", String(STATUS_DESCRIPTOR)],
    ...(layers.seccomp ? ["--seccomp", String(SECCOMP_DESCRIPTOR)] : []),
  ];
}

/** /bin, /lib and their like: links into /usr on current systems, folders of their own on older ones. */
function systemFolders(): string[] {
  return ["bin", "sbin", "lib", "lib32", "lib64", "libx32"].flatMap((name) => {
    const found = lstatSync(`/${name}`, { throwIfNoEntry: false });
    if (!found) return [];
    return found.isSymbolicLink()
      ? ["--symlink", `usr/${name}`, `/${name}`]
      : ["--ro-bind", `/${name}`, `/${name}`];
  });
}
