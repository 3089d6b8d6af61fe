/** Wraps text in a colour, or leaves it as it is. */
export type Paint = Record<
  "strong" | "soft" | "ice" | "ember" | "pass" | "miss" | "pending",
  (text: string) => string
>;

const plain = (text: string): string => text;
const between =
  (open: number, close: number) =>
  (text: string): string =>
    text === "" ? "" : `\u001b[${open}m${text}\u001b[${close}m`;

const PLAIN: Paint = {
  strong: plain,
  soft: plain,
  ice: plain,
  ember: plain,
  pass: plain,
  miss: plain,
  pending: plain,
};

/** Ice is blue and ember yellow, as on the pages; no other meaning uses these two. */
const COLOURED: Paint = {
  strong: between(1, 22),
  soft: between(2, 22),
  ice: between(34, 39),
  ember: between(33, 39),
  pass: between(32, 39),
  miss: between(31, 39),
  pending: between(35, 39),
};

export const paintFor = (colour: boolean): Paint => (colour ? COLOURED : PLAIN);
