import { ABSENT_CALLS, ENOSYS, EPERM, FILTERED_CALLS, REFUSED_CALLS } from "./refused-calls.js";

type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, operand: number];

const LOAD_WORD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_AT_LEAST = 0x35;
const JUMP_IF_ANY_BIT = 0x45;
const RETURN = 0x06;

const KILL_PROCESS = 0x80000000;
const ALLOW = 0x7fff0000;
const fail = (errno: number): number => 0x00050000 + errno;

// Offsets in the kernel's struct seccomp_data; the low word of an argument comes first on both machines.
const NUMBER_OFFSET = 0;
const ARCHITECTURE_OFFSET = 4;
const argumentOffset = (index: number): number => 16 + 8 * index;

const EAFNOSUPPORT = 97;
const AF_UNIX = 1;
const PR_SET_PDEATHSIG = 1;
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;
const CLONE_NEW_NAMESPACE_FLAGS = 0x7e020000;
const MAP_SHARED = 0x01;
const MAP_ANONYMOUS = 0x20;
const SO_SNDBUF = 7;
const SO_SNDBUFFORCE = 32;
const F_SETPIPE_SZ = 1031;
const X32_BIT = 0x40000000;

const MACHINES = {
  x64: { column: 0, auditArchitecture: 0xc000003e },
  arm64: { column: 1, auditArchitecture: 0xc00000b7 },
} as const;

/** Whether a filter can be made for this `process.arch`. */
export function hasSeccompTable(architecture: string): architecture is keyof typeof MACHINES {
  return Object.hasOwn(MACHINES, architecture);
}

/**
 * The seccomp filter of the jail as bytes for `bwrap --seccomp`: a deny-list, because the calls that numeric
 * libraries need change from version to version.
 */
export function seccompFilter(architecture: keyof typeof MACHINES): Buffer {
  const { column, auditArchitecture } = MACHINES[architecture];
  const number = (call: keyof typeof FILTERED_CALLS): number => FILTERED_CALLS[call][column];
  return encode([
    [LOAD_WORD, 0, 0, ARCHITECTURE_OFFSET],
    [JUMP_IF_EQUAL, 1, 0, auditArchitecture],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD_WORD, 0, 0, NUMBER_OFFSET],
    [JUMP_IF_AT_LEAST, 0, 1, X32_BIT],
    [RETURN, 0, 0, fail(ENOSYS)],
    ...Object.values(REFUSED_CALLS).flatMap((numbers) => refuse(numbers[column], EPERM)),
    ...Object.values(ABSENT_CALLS).flatMap((numbers) => refuse(numbers[column], ENOSYS)),
    ...onArgument(number("clone"), 0, [[JUMP_IF_ANY_BIT, 0, 1, CLONE_NEW_NAMESPACE_FLAGS]], EPERM),
    ...onArgument(number("socket"), 0, [[JUMP_IF_EQUAL, 1, 0, AF_UNIX]], EAFNOSUPPORT),
    ...onArgument(number("socketpair"), 0, [[JUMP_IF_EQUAL, 1, 0, AF_UNIX]], EAFNOSUPPORT),
    // Typing into the terminal of the person who grades.
    ...onArgument(
      number("ioctl"),
      1,
      [
        [JUMP_IF_EQUAL, 1, 0, TIOCSTI],
        [JUMP_IF_EQUAL, 0, 1, TIOCLINUX],
      ],
      EPERM,
    ),
    // Otherwise a program could outlive a killed harness.
    ...onArgument(number("prctl"), 0, [[JUMP_IF_EQUAL, 0, 1, PR_SET_PDEATHSIG]], EPERM),
    // Such memory stays when it is unmapped in part or thrown out of the resident set, so no count of it holds.
    ...onArgument(
      number("mmap"),
      3,
      [
        [JUMP_IF_ANY_BIT, 0, 2, MAP_ANONYMOUS],
        [JUMP_IF_ANY_BIT, 0, 1, MAP_SHARED],
      ],
      EPERM,
    ),
    // Larger buffers of sockets and pipes would hold memory that is in no process's resident set.
    ...onArgument(
      number("setsockopt"),
      2,
      [
        [JUMP_IF_EQUAL, 1, 0, SO_SNDBUF],
        [JUMP_IF_EQUAL, 0, 1, SO_SNDBUFFORCE],
      ],
      EPERM,
    ),
    ...onArgument(number("fcntl"), 1, [[JUMP_IF_EQUAL, 0, 1, F_SETPIPE_SZ]], EPERM),
    [RETURN, 0, 0, ALLOW],
  ]);
}

function refuse(number: number | null, errno: number): Instruction[] {
  if (number === null) return [];
  return [
    [JUMP_IF_EQUAL, 0, 1, number],
    [RETURN, 0, 0, fail(errno)],
  ];
}

/** For one call: load an argument, test it, then either fail (fall through) or allow (jump over the failure). */
function onArgument(number: number, index: number, test: Instruction[], errno: number): Instruction[] {
  return [
    [JUMP_IF_EQUAL, 0, test.length + 3, number],
    [LOAD_WORD, 0, 0, argumentOffset(index)],
    ...test,
    [RETURN, 0, 0, fail(errno)],
    [RETURN, 0, 0, ALLOW],
  ];
}

function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, ifTrue, ifFalse, operand]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(ifTrue, index * 8 + 2);
    bytes.writeUInt8(ifFalse, index * 8 + 3);
    bytes.writeUInt32LE(operand, index * 8 + 4);
  }
  return bytes;
}
