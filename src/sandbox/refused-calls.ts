/** Errors a refused system call gives. */
export const EPERM = 1;
export const ENOSYS = 38;

/**
 * System calls no homework needs, with their numbers on x64 and arm64; null where the machine has no such call.
 * They reach other processes, new namespaces, mounts, kernel memory that no limit counts, or parts of the kernel
 * with a long record of faults.
 */
export const REFUSED_CALLS = {
  // Other processes.
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  process_mrelease: [448, 448],
  pidfd_getfd: [438, 438],
  kcmp: [312, 272],
  // Its own share of the processors: a program that waits on purpose would put off its limit of time.
  setpriority: [141, 140],
  sched_setparam: [142, 118],
  sched_setscheduler: [144, 119],
  sched_setaffinity: [203, 122],
  sched_setattr: [314, 274],
  // Namespaces and mounts.
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_tree_attr: [467, 467],
  open_by_handle_at: [304, 265],
  name_to_handle_at: [303, 264],
  // Large or fragile parts of the kernel.
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  fanotify_init: [300, 262],
  lookup_dcookie: [212, 18],
  personality: [135, 92],
  syslog: [103, 116],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  vhangup: [153, 58],
  modify_ldt: [154, null],
  iopl: [172, null],
  ioperm: [173, null],
  uselib: [134, null],
  // The machine as a whole.
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  acct: [163, 89],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  adjtimex: [159, 171],
  clock_adjtime: [305, 266],
  sethostname: [170, 161],
  setdomainname: [171, 162],
} as const satisfies Record<string, readonly [x64: number, arm64: number | null]>;

/** Calls answered as if the kernel were too old, because honest programs then take another way. */
export const ABSENT_CALLS = {
  // Its flags lie in memory, where a filter cannot look; the C library falls back to clone.
  clone3: [435, 435],
  // Memory that belongs to no mapping, so that neither RLIMIT_DATA nor the watch on memory sees it.
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  shmget: [29, 194],
  shmat: [30, 196],
  msgget: [68, 186],
  semget: [64, 190],
} as const satisfies Record<string, readonly [x64: number, arm64: number]>;

/** Calls refused for some arguments only. */
export const FILTERED_CALLS = {
  clone: [56, 220],
  socket: [41, 198],
  socketpair: [53, 199],
  ioctl: [16, 29],
  prctl: [157, 167],
  mmap: [9, 222],
  setsockopt: [54, 208],
  fcntl: [72, 25],
} as const satisfies Record<string, readonly [x64: number, arm64: number]>;
