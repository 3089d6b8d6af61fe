import { type Evidence, FrostlineFault, fault } from "../contract/index.js";
import { takeIn } from "../intake/index.js";
import { evidenceKey, type KeyParts } from "./evidence-key.js";
import { allFailed, type Observer, observe } from "./observe.js";
import { sha256 } from "./sha256.js";

/** Evidence of one submission: stored if it still holds, else made. A failure of ours becomes a harness fault in it. */
export async function evidenceOf(
  path: string,
  name: string,
  observer: Observer,
  keyParts: Omit<KeyParts, "submission">,
  stored: () => Evidence | null,
): Promise<{ evidence: Evidence; reused: boolean }> {
  let snapshot: Awaited<ReturnType<typeof takeIn>>;
  try {
    snapshot = await takeIn(path, observer.assignment.limits);
  } catch (error) {
    return { evidence: unusable(name, observer, error, []), reused: false };
  }
  const key = evidenceKey({ ...keyParts, submission: snapshot.hash });
  const known = stored();
  if (known?.key === key && !hasHarnessFault(known)) return { evidence: known, reused: true };
  try {
    return { evidence: await observe(observer, { ...snapshot, id: name }, key), reused: false };
  } catch (error) {
    return { evidence: unusable(name, observer, error, snapshot.files), reused: false };
  }
}

/** A pending result is tried again by the next run. */
function hasHarnessFault(evidence: Evidence): boolean {
  return Object.values(evidence.items).some(
    (item) => item.state === "failed" && item.fault.blame !== "submission",
  );
}

function unusable(
  name: string,
  observer: Observer,
  error: unknown,
  files: Evidence["submission"]["files"],
): Evidence {
  const why =
    error instanceof FrostlineFault
      ? error.fault
      : fault("internal", { message: String((error as Error).message) });
  const hash = sha256(JSON.stringify([name, why]));
  return {
    schema: "frostline/evidence/1",
    submission: { id: name, hash, files },
    kind: null,
    entry: null,
    key: hash,
    classes: observer.assignment.dataset.facts.classes,
    objects: {},
    stamp: observer.stamp,
    items: allFailed(why),
  };
}
