import { describe, expect, it } from "vitest";
import { hasSeccompTable, seccompFilter } from "../../src/sandbox/seccomp.js";

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const errno = (number: number) => 0x50000 + number;

const MACHINES = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;
const CALLS = {
  x64: {
    read: 0,
    socket: 41,
    clone: 56,
    clone3: 435,
    mount: 165,
    mmap: 9,
    ioctl: 16,
    prctl: 157,
    kexec: 246,
  },
  arm64: {
    read: 63,
    socket: 198,
    clone: 220,
    clone3: 435,
    mount: 40,
    mmap: 222,
    ioctl: 29,
    prctl: 167,
    kexec: 104,
  },
} as const;

/** What the kernel would do: the filter is run as the classic BPF program it is. */
function verdict(filter: Buffer, auditArchitecture: number, call: number, args: number[] = []): number {
  const data = new Map<number, number>([
    [0, call],
    [4, auditArchitecture],
    ...args.map((value, index) => [16 + 8 * index, value] as const),
  ]);
  let loaded = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const operand = filter.readUInt32LE(at + 4);
    const jump = (holds: boolean): number => 8 * filter.readUInt8(at + (holds ? 2 : 3));
    const code = filter.readUInt16LE(at);
    if (code === 0x06) return operand;
    if (code === 0x20) loaded = data.get(operand) ?? 0;
    if (code === 0x15) at += jump(loaded === operand);
    if (code === 0x35) at += jump(loaded >= operand);
    if (code === 0x45) at += jump((loaded & operand) !== 0);
  }
  throw new Error("The filter ran past its end.");
}

describe.each(["x64", "arm64"] as const)("the seccomp filter for %s", (machine) => {
  const filter = seccompFilter(machine);
  const { read, socket, clone, clone3, mount, mmap, ioctl, prctl, kexec } = CALLS[machine];
  const judge = (call: number, ...args: number[]) => verdict(filter, MACHINES[machine], call, args);

  it("allows what every program needs", () => {
    expect(judge(read)).toBe(ALLOW);
    expect(judge(socket, 1, 1)).toBe(ALLOW);
    expect(judge(clone, 0x3d0f00)).toBe(ALLOW);
    expect(judge(mmap, 0, 4096, 3, 0x22)).toBe(ALLOW);
    expect(judge(mmap, 0, 4096, 1, 0x01)).toBe(ALLOW);
    expect(judge(ioctl, 1, 0x5401)).toBe(ALLOW);
    expect(judge(prctl, 15)).toBe(ALLOW);
  });

  it("refuses what leads out of the jail", () => {
    expect(judge(mount)).toBe(errno(1));
    expect(judge(kexec)).toBe(errno(1));
    expect(judge(clone3)).toBe(errno(38));
    for (let bit = 25; bit <= 30; bit++) expect(judge(clone, 17 | (1 << bit))).toBe(errno(1));
    for (const family of [0, 2, 10, 16, 17, 40]) expect(judge(socket, family, 1)).toBe(errno(97));
    for (const request of [0x5412, 0x541c]) expect(judge(ioctl, 0, request)).toBe(errno(1));
    expect(judge(prctl, 1)).toBe(errno(1));
    expect(judge(mmap, 0, 4096, 3, 0x21)).toBe(errno(1));
  });

  it("kills a program that calls by another machine's numbers", () => {
    for (const other of [0x40000003, 0x40000028, 0xc00000f3]) expect(verdict(filter, other, read)).toBe(KILL);
    expect(judge(read | 0x40000000)).toBe(errno(38));
  });
});

it("knows the machines it has no table for", () => {
  expect(["x64", "arm64", "ia32", "riscv64", "toString"].filter(hasSeccompTable)).toEqual(["x64", "arm64"]);
});
