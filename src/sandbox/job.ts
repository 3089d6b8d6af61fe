/** What one run may use. A program that goes over any of these is killed, and the result names the limit. */
export interface JailLimits {
  /**
   * Time of the program as it passes on a machine that has nothing else to do: neither the set-up of the jail counts
   * nor what is lost while others use the processors. Sleeping counts.
   */
  readonly wallMs: number;
  /** CPU time of all its processes together. */
  readonly cpuSeconds: number;
  /** Memory of all its processes together, looked at several times a second. */
  readonly memoryMb: number;
  /** Private writable memory of each process (RLIMIT_DATA); an allocation beyond it fails at once. */
  readonly dataMb: number;
  readonly processes: number;
  readonly openFiles: number;
  /** Size of one file it writes. */
  readonly fileMb: number;
  /** Size of each of its writable folders (/work, /tmp). */
  readonly scratchMb: number;
  /** Bytes on stdout, and as many on stderr. */
  readonly outputBytes: number;
  /** Bytes on the result descriptor. */
  readonly resultBytes: number;
}

/**
 * A trusted folder or file of the host, shown read-only. A target below another one must exist in the folder that is
 * shown there, because nothing can be made in it.
 */
export interface JailBind {
  readonly source: string;
  readonly target: string;
}

/** Bytes of this run, copied to a fresh folder and shown read-only. */
export interface JailFile {
  readonly target: string;
  readonly bytes: Uint8Array;
}

export interface JailJob {
  /** Program and arguments, as paths inside the jail. */
  readonly command: readonly string[];
  readonly binds: readonly JailBind[];
  readonly files: readonly JailFile[];
  /** The whole environment, besides PATH, HOME, TMPDIR and LC_ALL. */
  readonly env?: Readonly<Record<string, string>>;
  readonly limits: JailLimits;
  /** Where in the jail the time lost so far can be read, as milliseconds in text. */
  readonly lostTime?: string;
  readonly signal?: AbortSignal;
}

export type JailEnd =
  | "exited"
  | "time-limit"
  | "cpu-limit"
  | "memory-limit"
  | "output-limit"
  | "result-limit"
  | "crashed"
  | "cancelled";

export interface JailResult {
  readonly ended: JailEnd;
  /** Chosen by the program; null when it was killed or crashed. */
  readonly exitCode: number | null;
  /** The signal a crashed program died of. */
  readonly signal: string | null;
  readonly wallMs: number;
  /** The part of it for which others kept the program from the processors. */
  readonly lostMs: number;
  /** From the kernel; a lower bound, because processes that nobody waits for and that live shorter than a sample are missed. */
  readonly cpuMs: number;
  /** The largest sample; pages that several processes share are counted for each of them. */
  readonly peakMemoryMb: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the program wrote to descriptor RESULT_DESCRIPTOR. */
  readonly result: Buffer;
}

/** Whether the sandbox works here; if not, what was found and how to mend it. */
export type SandboxProbe =
  | { readonly works: true; readonly notes: readonly string[] }
  | { readonly works: false; readonly reason: string; readonly fix: string };

export interface Sandbox {
  readonly id: "bubblewrap" | "none";
  /**
   * Runs one untrusted program to its end. Several may run at once.
   * @throws FrostlineFault `sandbox-failed` when the sandbox, not the program, failed; `machine-busy` when others took
   *   nearly all of the processors for so long that the program cannot be judged.
   */
  run(job: JailJob): Promise<JailResult>;
  probe(): Promise<SandboxProbe>;
}

/** The descriptor on which a program hands back its result. */
export const RESULT_DESCRIPTOR = 6;

const MODEST: JailLimits = {
  wallMs: 30_000,
  cpuSeconds: 60,
  memoryMb: 1024,
  dataMb: 2048,
  processes: 64,
  openFiles: 256,
  fileMb: 64,
  scratchMb: 64,
  outputBytes: 256 * 1024,
  resultBytes: 16 * 1024 * 1024,
};

/** Limits for a small program, with those given in their place. */
export function jailLimits(given: Partial<JailLimits> = {}): JailLimits {
  return { ...MODEST, ...given };
}
