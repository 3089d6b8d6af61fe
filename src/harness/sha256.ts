import { createHash } from "node:crypto";

/** SHA-256 of text or bytes in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
