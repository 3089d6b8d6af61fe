const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const MARK = /\p{M}/u;

/** Columns that a terminal gives the text. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** The text cut or filled to exactly `width` columns; a cut is shown as an ellipsis. */
export function fitText(text: string, width: number): string {
  const cut = textWidth(text) > width ? `${takeColumns(text, width - 1)}…` : text;
  return cut + " ".repeat(Math.max(0, width - textWidth(cut)));
}

/** Lines of at most `width` columns, broken at blanks where there are any. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    let rest = word;
    if (line !== "" && textWidth(line) + 1 + textWidth(rest) > width) {
      lines.push(line);
      line = "";
    }
    while (textWidth(rest) > width) {
      const head = takeColumns(rest, width);
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = line === "" ? rest : `${line} ${rest}`;
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** `label` in its own column and the text wrapped beside it, indented by `indent` columns. */
export function labelled(label: string, text: string, width: number, indent: number): string[] {
  const column = 10;
  return wrapText(text, Math.max(16, width - indent - column)).map(
    (line, index) => `${" ".repeat(indent)}${fitText(index === 0 ? label : "", column)}${line}`,
  );
}

/** `left` and `right` at the two ends of a line; `left` gives way where both do not fit. */
export function spread(left: string, right: string, width: number): string {
  return `${fitText(left, Math.max(1, width - textWidth(right) - 1))} ${right}`;
}

function takeColumns(text: string, width: number): string {
  let taken = "";
  let columns = 0;
  for (const character of text) {
    columns += textWidth(character);
    if (columns > width && taken !== "") break;
    taken += character;
  }
  return taken;
}
