/** Text with `code` between backticks, as HTML. `toHtml` makes plain text safe inside HTML. */
export function renderProse(text: string, toHtml: (text: string) => string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part) =>
      part.length > 2 && part.startsWith("`") && part.endsWith("`")
        ? `<code>${toHtml(part.slice(1, -1))}</code>`
        : toHtml(part),
    )
    .join("");
}
