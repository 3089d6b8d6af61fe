export interface Tag {
  name: string;
  closing: boolean;
  attributes: Map<string, string>;
}

const VOID = new Set(["meta", "link", "br", "img", "input"]);
const RAW = /<(style|script)>[\s\S]*?<\/\1>/g;
const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>/g;

/**
 * The tags of a page, read strictly: every `<` must begin a tag with quoted attributes, and every tag must be closed
 * in order.
 * @throws Error naming the first place where that is not so.
 */
export function readTags(html: string): Tag[] {
  const page = html.replace(/^<!doctype html>\n/, "").replace(RAW, "<$1></$1>");
  const stray = page.replace(TAG, "").search(/</);
  if (stray >= 0)
    throw new Error(`A < that begins no tag: ${page.replace(TAG, "").slice(stray, stray + 80)}`);
  const open: string[] = [];
  return [...page.matchAll(TAG)].map(([text, slash, name = "", attributes = "", self]) => {
    if (slash) {
      const expected = open.pop();
      if (expected !== name) throw new Error(`${text} where </${expected}> was expected`);
    } else if (!self && !VOID.has(name)) open.push(name);
    const pairs = [...attributes.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)];
    return {
      name,
      closing: slash === "/",
      attributes: new Map(pairs.map(([, key = "", value = ""]) => [key, value])),
    };
  });
}
