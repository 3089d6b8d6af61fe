const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]];
    parts.push(
      (ALPHABET[a >> 2] as string) + ALPHABET[((a & 3) << 4) | ((b ?? 0) >> 4)],
      b === undefined ? "=" : (ALPHABET[((b & 15) << 2) | ((c ?? 0) >> 6)] as string),
      c === undefined ? "=" : (ALPHABET[c & 63] as string),
    );
  }
  return parts.join("");
}

/** Skips what is no base64, as Node does; takes the URL alphabet too. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const character of text.replaceAll("-", "+").replaceAll("_", "/")) {
    const value = ALPHABET.indexOf(character);
    if (value === -1) continue;
    bits = (bits << 6) | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push((bits >> count) & 255);
  }
  return Uint8Array.from(bytes);
}

export function encodeHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const pairs = text.match(/^(?:[0-9a-fA-F]{2})*/)?.[0] ?? "";
  return Uint8Array.from({ length: pairs.length / 2 }, (_, i) =>
    Number.parseInt(pairs.slice(2 * i, 2 * i + 2), 16),
  );
}
