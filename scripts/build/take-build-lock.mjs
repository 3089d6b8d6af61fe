import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const PATIENCE_MS = 120_000;

/**
 * Waits until no other build is running, since two at once would delete each other's files.
 * A lock whose process is gone is taken over.
 * @throws {Error} when another build holds it for longer than two minutes
 * @returns {Promise<() => void>} releases the lock
 */
export async function takeBuildLock(lockFile) {
  mkdirSync(path.dirname(lockFile), { recursive: true });
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: "wx" });
      return () => rmSync(lockFile, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isAbandoned(lockFile)) rmSync(lockFile, { force: true });
    else await sleep(100);
  }
  throw new Error(`Another build has been running for two minutes. If that is not so, delete ${lockFile}.`);
}

function isAbandoned(lockFile) {
  try {
    process.kill(Number(readFileSync(lockFile, "utf8")), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
