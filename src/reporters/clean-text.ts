const ESC = "\u001b";
const C1 = "\u0080-\u009f";
/** Whole escape sequences: strings (OSC, DCS, APC, PM, SOS), CSI, and the two-character ones. */
const SEQUENCES = new RegExp(
  `(?:${ESC}[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007${ESC}\u009c]*(?:\u0007|${ESC}\\\\|\u009c|$)` +
    `|(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]?|${ESC}[ -/]*[0-~]?`,
  "g",
);
const CONTROLS = new RegExp(`[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f${C1}]`, "g");
/** Characters that reorder, join or hide their neighbours. */
const INVISIBLE =
  /\u034f|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const LONE_SURROGATES = /\p{Surrogate}/gu;
/** More marks on one letter than any script writes would paint over the lines around it. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** Nearly all text is plain, and pages of a large class hold a hundred thousand pieces of it. */
const PLAIN = /^[ -~\n\t]*$/;

/**
 * Text of unknown origin made safe to show anywhere: no control character but line feed and tab, no terminal
 * sequence, nothing that reorders or hides its neighbours (shown as ⟨U+202E⟩), at most about `limit` characters.
 */
export function cleanText(text: string, limit: number): string {
  const cut = cutMiddle(text, limit);
  if (PLAIN.test(cut)) return cut;
  return cut
    .replace(SEQUENCES, "")
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(CONTROLS, "")
    .replace(INVISIBLE, (character) => `⟨U+${codePoint(character)}⟩`)
    .replace(LONE_SURROGATES, "\ufffd")
    .replace(STACKED_MARKS, "$1");
}

/** On one line: line feeds, tabs and runs of blanks become one blank. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** The start and the end are what a reader looks for, so the middle goes. */
function cutMiddle(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const tail = Math.floor(limit / 3);
  const leftOut = text.length - limit;
  return `${text.slice(0, limit - tail)}\n… ${leftOut} characters left out …\n${text.slice(-tail)}`;
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
