import type { Leakage } from "../../src/contract/index.js";
import type { Case } from "../case.js";

const brought = (more: Partial<Leakage> = {}): Case["evidence"] => ({
  leakage: { pictures: 40, unreadable: 0, hidden: 191, same: [], near: [], ...more },
});
const names = (count: number): string[] => Array.from({ length: count }, (_, place) => `data/${place}.png`);

export const CASES: readonly Case[] = [
  {
    name: "nothing was handed in",
    evidence: brought({ pictures: 0 }),
    expect: { outcome: "not-applicable", says: /No images/ },
  },
  {
    name: "images of one's own",
    evidence: brought(),
    expect: { score: 1, proof: "proved", says: /40 images handed in, compared with 191 hidden ones: none/ },
  },
  {
    name: "one hidden image",
    evidence: brought({ same: names(1) }),
    expect: {
      score: 0,
      proof: "proved",
      says: /1 of them has exactly .*data\/0\.png/,
      advises: /take these out/,
    },
  },
  {
    name: "exactly as many as tolerated",
    evidence: brought({ same: names(3) }),
    options: { maxSame: 3 },
    expect: { score: 1, says: /3 are among them/ },
  },
  {
    name: "one fewer than tolerated",
    evidence: brought({ same: names(2) }),
    options: { maxSame: 3 },
    expect: { score: 1 },
  },
  {
    name: "one more than tolerated",
    evidence: brought({ same: names(4) }),
    options: { maxSame: 3 },
    expect: { score: 0, says: /4 of them have/ },
  },
  {
    name: "an image that resembles a hidden one",
    evidence: brought({ near: names(1) }),
    expect: { outcome: "ungraded", says: /1 of them resembles .* a person has to look/ },
  },
  {
    name: "several that do",
    evidence: brought({ near: names(6) }),
    expect: { outcome: "ungraded", says: /6 of them resemble .* and 3 more/ },
  },
  {
    name: "a hidden image wins over one that only resembles another",
    evidence: brought({ same: names(1), near: names(2) }),
    expect: { score: 0 },
  },
  {
    name: "some that could not be decoded",
    evidence: brought({ unreadable: 2 }),
    expect: { score: 1, says: /2 more files could not be decoded/ },
  },
  {
    name: "none that could be decoded",
    evidence: brought({ pictures: 0, unreadable: 5 }),
    expect: { outcome: "ungraded", says: /could not be compared/ },
  },
  {
    name: "absurdly many",
    evidence: brought({ pictures: 1e9, same: names(1000) }),
    expect: { score: 0, says: /and 997 more/ },
  },
];
