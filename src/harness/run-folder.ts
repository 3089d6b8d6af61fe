import { isAscii } from "node:buffer";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Static, TSchema } from "@sinclair/typebox";
import { Evidence, FrostlineFault, Grade, parseJson, Run } from "../contract/index.js";
import { sha256 } from "./sha256.js";
import { writeAtomic } from "./write-atomic.js";

/** A run on disk: what was asked, what is known of each submission, and the grades made from it. */
export interface RunFolder {
  folder: string;
  writeRun(run: Run): void;
  /** @throws FrostlineFault `file-missing`, `json-unreadable` or `json-invalid` when the folder holds no usable run. */
  readRun(): Promise<Run>;
  writeEvidence(id: string, evidence: Evidence): void;
  /** The stored evidence; null when there is none or a version that cannot be used wrote it. */
  readEvidence(id: string): Evidence | null;
  /** The same with the SHA-256 of its text, which grades are kept with. */
  readHashedEvidence(id: string): { evidence: Evidence; hash: string } | null;
  writeGrade(id: string, grade: Grade): void;
  /** The stored grade; null when there is none that can be used. */
  readGrade(id: string): Grade | null;
  /** Keeps bytes under their hash and returns it. */
  keep(bytes: Uint8Array): string;
  writeFile(path: string, content: string): void;
}

/** Opens a run's folder; nothing is created until something is written. */
export function openRunFolder(folder: string): RunFolder {
  const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
  const evidencePath = (id: string): string => join(folder, "evidence", `${id}.json`);
  return {
    folder,
    writeRun: (run) => writeAtomic(join(folder, "run.json"), json(run)),
    async readRun() {
      const path = join(folder, "run.json");
      const text = await readFile(path, "utf8").catch(() => null);
      if (text === null) {
        throw new FrostlineFault("file-missing", {
          file: path,
          expected: "A folder that `frostline grade` wrote",
        });
      }
      return parseJson(Run, text, path);
    },
    // Evidence is large and read by programs, so it has no indentation.
    writeEvidence: (id, evidence) => writeAtomic(evidencePath(id), `${JSON.stringify(evidence)}\n`),
    readEvidence: (id) => readUsable(Evidence, evidencePath(id))?.value ?? null,
    readHashedEvidence(id) {
      const read = readUsable(Evidence, evidencePath(id));
      return read && { evidence: read.value, hash: sha256(withoutLineEnd(read.bytes)) };
    },
    writeGrade: (id, grade) => writeAtomic(join(folder, "grades", `${id}.json`), json(grade)),
    readGrade: (id) => readUsable(Grade, join(folder, "grades", `${id}.json`))?.value ?? null,
    keep(bytes) {
      const hash = sha256(bytes);
      const path = join(folder, "objects", hash);
      if (!existsSync(path)) writeAtomic(path, bytes);
      return hash;
    },
    writeFile: (path, content) => writeAtomic(join(folder, path), content),
  };
}

/** What is missing or was written by another version counts as not there. */
function readUsable<T extends TSchema>(schema: T, path: string): { value: Static<T>; bytes: Buffer } | null {
  try {
    const bytes = readFileSync(path);
    return { value: parseJson(schema, textOf(bytes), path), bytes };
  } catch {
    return null;
  }
}

/** Nearly all evidence is plain ASCII, which is read several times faster as such. */
const textOf = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? "latin1" : "utf8");

const LINE_FEED = 10;

const withoutLineEnd = (bytes: Buffer): Buffer =>
  bytes.at(-1) === LINE_FEED ? bytes.subarray(0, -1) : bytes;

/** A file name for a submission: its own name where that is safe, else a safe likeness with a hash. */
export function fileId(name: string): string {
  const safe = name.normalize("NFC").replace(/[^A-Za-z0-9._@-]/g, "-");
  const plain = safe === name && !name.startsWith(".") && name.length <= 80;
  return plain ? name : `${safe.slice(0, 60).replace(/^\.+/, "")}-${sha256(name).slice(0, 8)}`;
}
