const PATTERN = /^([a-z][a-z0-9+.-]*:)(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/i;

/** The parts of an absolute or relative address, as far as programs for Node take them apart. */
export class GuestUrl {
  readonly protocol: string;
  readonly host: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
  readonly searchParams: ReadonlyMap<string, string>;

  constructor(address: string | GuestUrl, base?: string | GuestUrl) {
    const text = String(address);
    const parts =
      PATTERN.exec(text) ?? (base === undefined ? null : PATTERN.exec(against(text, new GuestUrl(base))));
    if (parts === null) throw new TypeError(`Invalid URL: ${text.slice(0, 200)}`);
    this.protocol = (parts[1] as string).toLowerCase();
    this.host = parts[2] ?? "";
    this.pathname = withoutDots(parts[3] ?? "");
    this.search = parts[4] ?? "";
    this.hash = parts[5] ?? "";
    this.searchParams = new Map(
      this.search
        .slice(1)
        .split("&")
        .filter((pair) => pair !== "")
        .map((pair) => {
          const [name = "", value = ""] = pair.split("=");
          return [decodeURIComponent(name), decodeURIComponent(value)];
        }),
    );
  }

  get hostname(): string {
    return this.host.replace(/:\d+$/, "");
  }

  get origin(): string {
    return this.protocol === "file:" ? "null" : `${this.protocol}//${this.host}`;
  }

  get href(): string {
    return `${this.protocol}//${this.host}${this.pathname}${this.search}${this.hash}`;
  }

  toString(): string {
    return this.href;
  }

  toJSON(): string {
    return this.href;
  }
}

function against(text: string, base: GuestUrl): string {
  const site = `${base.protocol}//${base.host}`;
  if (text.startsWith("/")) return site + text;
  return site + base.pathname.slice(0, base.pathname.lastIndexOf("/") + 1) + text;
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const parts = path.split("/").slice(1);
  for (const part of parts) {
    if (part === "..") kept.pop();
    else if (part !== ".") kept.push(part);
  }
  if (parts.at(-1) === "." || parts.at(-1) === "..") kept.push("");
  return `/${kept.join("/")}`;
}
