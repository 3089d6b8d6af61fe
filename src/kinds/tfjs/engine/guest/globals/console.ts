import { inspect } from "../inspect.js";

type Print = (stream: string, ...args: unknown[]) => void;

/** Installs `console`; every method prints on a stream that bears its name or the nearest of log, info, warn, error. */
export function installConsole(target: Record<string, unknown>, print: Print, now: () => number): void {
  const timersMs = new Map<string, number>();
  const counts = new Map<string, number>();
  let indent = "";
  const on =
    (stream: string) =>
    (...args: unknown[]): void =>
      indent === "" ? print(stream, ...args) : print(stream, indent + inspectFirst(args), ...args.slice(1));
  const elapsed = (label: string): string =>
    `${label}: ${(now() - (timersMs.get(label) ?? now())).toFixed(3)}ms`;

  target["console"] = {
    log: on("log"),
    info: on("info"),
    debug: on("log"),
    warn: on("warn"),
    error: on("error"),
    dir: (value: unknown) => on("log")(inspect(value)),
    trace: on("error"),
    table: (rows: unknown) => on("log")(table(rows)),
    group(...args: unknown[]) {
      if (args.length > 0) on("log")(...args);
      indent += "  ";
    },
    groupEnd() {
      indent = indent.slice(2);
    },
    time: (label = "default") => void timersMs.set(String(label), now()),
    timeEnd(label = "default") {
      on("log")(elapsed(String(label)));
      timersMs.delete(String(label));
    },
    timeLog: (label = "default") => on("log")(elapsed(String(label))),
    count(label = "default") {
      counts.set(String(label), (counts.get(String(label)) ?? 0) + 1);
      on("log")(`${label}: ${counts.get(String(label))}`);
    },
    assert(holds: unknown, ...args: unknown[]) {
      if (!holds) on("error")("Assertion failed", ...args);
    },
    clear: () => undefined,
  };
}

function inspectFirst(args: readonly unknown[]): string {
  const [first] = args;
  return args.length === 0 ? "" : typeof first === "string" ? first : inspect(first);
}

/** Rows of objects or arrays as aligned columns. */
function table(rows: unknown): string {
  if (typeof rows !== "object" || rows === null) return inspect(rows);
  const records = Object.entries(rows).slice(0, 200);
  const columns = [
    ...new Set(
      records.flatMap(([, row]) => (typeof row === "object" && row !== null ? Object.keys(row) : ["Values"])),
    ),
  ].slice(0, 30);
  const cell = (row: unknown, column: string): string => {
    if (typeof row !== "object" || row === null) return column === "Values" ? inspect(row) : "";
    return column in row ? inspect((row as Record<string, unknown>)[column]) : "";
  };
  const lines = [
    ["(index)", ...columns],
    ...records.map(([index, row]) => [index, ...columns.map((c) => cell(row, c))]),
  ];
  const widths = ["(index)", ...columns].map((_, i) =>
    Math.max(...lines.map((line) => (line[i] ?? "").length)),
  );
  return lines
    .map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i] as number))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
