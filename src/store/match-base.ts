import type { Checkpoint } from "../contract/index.js";

/** File names that say nothing by themselves; the folder before them does. */
const GENERIC = new Set(["model.json", "model.keras", "model.h5"]);

/**
 * The base that a program means by an address: published, mirrored or a local path, compared by its ending.
 * @returns null when none of `bases` goes by it
 */
export function matchBase<T extends { facts: Pick<Checkpoint, "name" | "addresses"> }>(
  bases: readonly T[],
  address: string,
): T | null {
  const asked = partsOf(address);
  const byAddress = bases.find(({ facts }) =>
    facts.addresses.some((known) => endingOf(partsOf(known)) === endingOf(asked)),
  );
  if (byAddress) return byAddress;
  const names = asked.slice(-2).map((part) => part.replace(/\.(?:json|keras|h5)$/, ""));
  return bases.find(({ facts }) => names.includes(facts.name.toLowerCase())) ?? null;
}

function partsOf(address: string): string[] {
  return address
    .toLowerCase()
    .replace(/[?#].*$/s, "")
    .split(/[/\\]+/)
    .filter((part) => part !== "");
}

function endingOf(parts: readonly string[]): string {
  const file = parts.at(-1) ?? "";
  return GENERIC.has(file) ? parts.slice(-2).join("/") : file;
}
