const MAX_DEPTH = 3;
const MAX_ITEMS = 100;
const MAX_STRING = 10_000;

/** A value as console.log shows it: like Node's `util.inspect`, with its usual limits. Never throws. */
export function inspect(value: unknown): string {
  try {
    return shown(value, 0, []);
  } catch {
    return "[a value that cannot be shown]";
  }
}

/** Arguments of console.log as one text: strings as they are, `%s %d %i %f %j %o %O` filled in, the rest inspected. */
export function formatLog(args: readonly unknown[]): string {
  const rest = [...args];
  let text = "";
  const first = rest[0];
  if (typeof first === "string" && first.includes("%") && rest.length > 1) {
    rest.shift();
    text = first.replace(/%([sdifjoO%])/g, (whole, kind: string) => {
      if (kind === "%") return "%";
      if (rest.length === 0) return whole;
      return formatted(kind, rest.shift());
    });
    if (rest.length > 0) text += " ";
  }
  return text + rest.map((value) => (typeof value === "string" ? value : inspect(value))).join(" ");
}

function formatted(kind: string, value: unknown): string {
  if (kind === "s") return typeof value === "string" ? value : inspect(value);
  if (kind === "d") return String(Number(value));
  if (kind === "i") return String(Number.parseInt(String(value), 10));
  if (kind === "f") return String(Number.parseFloat(String(value)));
  return kind === "j" ? String(JSON.stringify(value)) : inspect(value);
}

function shown(value: unknown, depth: number, parents: readonly object[]): string {
  if (typeof value === "string") return depth === 0 ? value : quoted(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "function") return `[${isClass(value) ? "class" : "Function"}${named(value.name)}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return String(value.stack ?? value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return "Promise";
  if (isTensor(value))
    return depth === 0 ? value.toString() : `Tensor [${value.shape.join(",")}] ${value.dtype}`;
  if (parents.includes(value)) return "[Circular]";
  if (depth >= MAX_DEPTH) return Array.isArray(value) ? "[Array]" : `[${constructorName(value) || "Object"}]`;
  const inner = (item: unknown): string => shown(item, depth + 1, [...parents, value]);
  return collection(value, inner);
}

function collection(value: object, inner: (item: unknown) => string): string {
  if (Array.isArray(value)) return wrapped("[", limited(value, inner), "]");
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const items = value as unknown as ArrayLike<unknown>;
    return `${constructorName(value)}(${items.length}) ${wrapped("[", limited(items, inner), "]")}`;
  }
  if (value instanceof Map) {
    const entries = [...value].slice(0, MAX_ITEMS).map(([key, item]) => `${inner(key)} => ${inner(item)}`);
    return `Map(${value.size}) ${wrapped("{", entries, "}")}`;
  }
  if (value instanceof Set) return `Set(${value.size}) ${wrapped("{", limited([...value], inner), "}")}`;
  const name = constructorName(value);
  const fields = Object.entries(value)
    .slice(0, MAX_ITEMS)
    .map(([key, item]) => `${/^[\w$]+$/.test(key) ? key : quoted(key)}: ${inner(item)}`);
  return (name === "Object" || name === "" ? "" : `${name} `) + wrapped("{", fields, "}");
}

function limited(items: ArrayLike<unknown>, inner: (item: unknown) => string): string[] {
  const parts: string[] = [];
  for (let i = 0; i < Math.min(items.length, MAX_ITEMS); i++) parts.push(inner(items[i]));
  if (items.length > MAX_ITEMS) parts.push(`... ${items.length - MAX_ITEMS} more items`);
  return parts;
}

function wrapped(open: string, parts: readonly string[], close: string): string {
  if (parts.length === 0) return open + close;
  const oneLine = `${open} ${parts.join(", ")} ${close}`;
  const fits = oneLine.length <= 76 && !oneLine.includes("\n");
  return fits ? oneLine : `${open}\n  ${parts.join(",\n").replaceAll("\n", "\n  ")}\n${close}`;
}

function quoted(text: string): string {
  const short = text.length > MAX_STRING ? `${text.slice(0, MAX_STRING)}...` : text;
  return `'${short.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
}

function named(name: unknown): string {
  return typeof name === "string" && name !== "" ? `: ${name}` : " (anonymous)";
}

function isClass(value: object): boolean {
  return Function.prototype.toString.call(value).startsWith("class");
}

function constructorName(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return "[Object: null prototype]";
  const made: unknown = (prototype as { constructor?: unknown }).constructor;
  return typeof made === "function" ? made.name : "";
}

interface TensorLike {
  shape: readonly number[];
  dtype: string;
  toString(): string;
}

function isTensor(value: object): value is TensorLike {
  return "dataId" in value && "shape" in value && "dtype" in value && Array.isArray(value.shape);
}
