import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { JailJob } from "./job.js";
import { type StagedFiles, stageFiles } from "./staging.js";

const DIGITS = 12;

/** The staged files of a job. */
export interface StagedJob extends StagedFiles {
  /** Writes the time lost so far where the job wants to read it. */
  tellLost(lostMs: number): void;
}

/**
 * Copies the files of a job, and makes the one that tells its program of lost time.
 * @param group as in `stageFiles`
 * @throws as `stageFiles`
 */
export async function stageJob({ files, lostTime }: JailJob, group: number | null): Promise<StagedJob> {
  if (lostTime === undefined) return { ...(await stageFiles(files, group)), tellLost: () => {} };
  const staged = await stageFiles([...files, { target: lostTime, bytes: asText(0) }], group);
  const file = path.join(staged.folder, lostTime);
  // For its owner, the harness; in the jail the whole folder is shown read-only.
  chmodSync(file, 0o644);
  let told = asText(0);
  const tellLost = (lostMs: number): void => {
    const text = asText(lostMs);
    if (text.equals(told)) return;
    told = text;
    writeFileSync(file, text, { flag: "r+" });
  };
  return { ...staged, tellLost };
}

/** Always of one length, so that it can be written over in one go. */
function asText(ms: number): Buffer {
  return Buffer.from(String(Math.floor(ms)).padStart(DIGITS, "0"));
}
