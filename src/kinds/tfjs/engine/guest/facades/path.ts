/** Node's `path` for POSIX paths. */
export const sep = "/";
export const delimiter = ":";

/** Where relative paths start: the submission's own folder. */
export const WORKING_FOLDER = "/submission";

export function normalize(path: string): string {
  const absolute = path.startsWith("/");
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== "..") kept.pop();
    else if (!absolute) kept.push("..");
  }
  const joined = kept.join("/");
  const trailing = path.endsWith("/") && joined !== "" ? "/" : "";
  return absolute ? `/${joined}${trailing}` : joined === "" ? "." : joined + trailing;
}

export function join(...parts: string[]): string {
  for (const part of parts) needString(part);
  return normalize(parts.filter((part) => part !== "").join("/"));
}

export function resolve(...parts: string[]): string {
  let path = "";
  for (const part of [WORKING_FOLDER, ...parts]) {
    needString(part);
    path = part.startsWith("/") ? part : `${path}/${part}`;
  }
  const normal = normalize(path);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

export function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}

export function dirname(path: string): string {
  const trimmed = withoutTrailingSlash(path);
  const at = trimmed.lastIndexOf("/");
  return at === -1 ? "." : at === 0 ? "/" : trimmed.slice(0, at);
}

export function basename(path: string, suffix = ""): string {
  const trimmed = withoutTrailingSlash(path);
  const name = trimmed.slice(trimmed.lastIndexOf("/") + 1);
  return suffix !== "" && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

export function extname(path: string): string {
  const name = basename(path);
  const at = name.lastIndexOf(".");
  return at <= 0 ? "" : name.slice(at);
}

export function relative(from: string, to: string): string {
  const [start, end] = [resolve(from).split("/"), resolve(to).split("/")];
  let shared = 0;
  while (shared < start.length && shared < end.length && start[shared] === end[shared]) shared++;
  const up = start.slice(shared).filter((part) => part !== "");
  return [...up.map(() => ".."), ...end.slice(shared)].filter((part) => part !== "").join("/");
}

export function parse(path: string): { root: string; dir: string; base: string; ext: string; name: string } {
  const base = basename(path);
  const ext = extname(path);
  const dir = path.includes("/") ? dirname(path) : "";
  return { root: isAbsolute(path) ? "/" : "", dir, base, ext, name: base.slice(0, base.length - ext.length) };
}

export function format(parts: Partial<ReturnType<typeof parse>>): string {
  const base = parts.base ?? `${parts.name ?? ""}${parts.ext ?? ""}`;
  const dir = parts.dir ?? parts.root ?? "";
  return dir === "" ? base : dir.endsWith("/") ? dir + base : `${dir}/${base}`;
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

function needString(part: unknown): void {
  if (typeof part !== "string")
    throw new TypeError(
      `The "path" argument must be of type string. Received ${part === null ? "null" : typeof part}`,
    );
}
