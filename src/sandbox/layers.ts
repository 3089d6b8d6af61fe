/** The layers of the jail that do not depend on each other. */
export interface JailLayers {
  /** The filter on system calls. */
  readonly seccomp: boolean;
  /** An unprivileged user of its own for each run, where the harness runs as root. */
  readonly freshUser: boolean;
  /** No descriptor of the harness is passed on. */
  readonly closedDescriptors: boolean;
  /** No variable of the harness is passed on. */
  readonly emptyEnvironment: boolean;
  /** The kernel's own limits on each process. */
  readonly innerLimits: boolean;
  /** Killing the first process of the jail's process namespace, which takes all others along. */
  readonly killByInit: boolean;
}

/** The jail as it must be. Only the test that proves each layer's worth uses another value. */
export const ALL_LAYERS: JailLayers = {
  seccomp: true,
  freshUser: true,
  closedDescriptors: true,
  emptyEnvironment: true,
  innerLimits: true,
  killByInit: true,
};
