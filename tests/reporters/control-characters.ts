/** Characters that no output may hold: controls but line feed (and tab, where `tab` is allowed), bidi, zero width. */
export function controlCharacters({ tab }: { tab: boolean }): RegExp {
  const tabs = tab ? "" : "\\t";
  return new RegExp(
    `[\\0-\\x08${tabs}\\x0b-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]|\\p{Surrogate}`,
    "u",
  );
}

/** Colours of the terminal, switched on or off. */
export const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`, "g");
