import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** The rooms of the house and what each may import. The README's map says the same in words. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  contract: [],
  intake: ["contract"],
  sandbox: ["contract"],
  store: ["contract"],
  models: ["contract", "sandbox", "store"],
  kinds: ["contract", "sandbox", "store", "models"],
  facts: ["contract"],
  judge: ["contract"],
  reporters: ["contract"],
  graders: ["contract", "facts"],
  harness: [
    "contract",
    "intake",
    "sandbox",
    "store",
    "models",
    "kinds",
    "facts",
    "judge",
    "reporters",
    "graders",
  ],
  cli: ["harness", "contract"],
  "index.ts": ["harness", "contract"],
};

/** Rooms without `node:` imports, clock, randomness or environment. */
const PURE = ["facts", "judge", "reporters", "graders"];

interface SourceFile {
  path: string;
  room: string;
  text: string;
}

function sources(): SourceFile[] {
  return ["src", "graders"].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.includes("store/bundled/"))
      .map((file) => {
        const path = join(top, file);
        return { path, room: roomOf(path), text: readFileSync(join(root, path), "utf8") };
      }),
  );
}

function roomOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "graders" ? "graders" : second;
}

function importsOf(file: SourceFile): string[] {
  const found = file.text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^;]*?\bfrom\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

describe("the house", () => {
  const files = sources();

  it("lets each room import only the rooms its row of the table names", () => {
    const broken = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith("."))
        .map((target) => roomOf(relative(root, resolve(root, dirname(file.path), target))))
        .filter((room) => room !== file.room && !(MAY_IMPORT[file.room] ?? []).includes(room))
        .map(
          (room) =>
            `${file.path} imports ${room}/, but ${file.room}/ may import only ${MAY_IMPORT[file.room]?.join(", ") || "nothing"}.`,
        ),
    );
    expect(broken).toEqual([]);
  });

  it("knows every room of src", () => {
    const rooms = [...new Set(files.map((file) => file.room))];
    expect(rooms.filter((room) => !(room in MAY_IMPORT))).toEqual([]);
  });

  it("keeps the pure rooms free of node modules, clock, randomness and environment", () => {
    const impure =
      /from "node:|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bperformance\.now\(/;
    const broken = files
      .filter((file) => PURE.includes(file.room) && impure.test(file.text))
      .map((file) => file.path);
    expect(broken).toEqual([]);
  });

  it("names no grader anywhere in src", () => {
    // A grader whose id is one plain word shares it with fields and cannot be told from them.
    const ids = readdirSync(join(root, "graders"), { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && entry.name.includes("-"),
    );
    const broken = files
      .filter((file) => file.path.startsWith("src/"))
      .flatMap((file) =>
        ids
          .filter(({ name }) => file.text.includes(`"${name}"`))
          .map(({ name }) => `${file.path} names the grader ${name}.`),
      );
    expect(broken).toEqual([]);
  });

  it("names no kind outside the kind's own folder and the list of kinds", () => {
    const kinds = readdirSync(join(root, "src/kinds"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const broken = files.flatMap((file) =>
      kinds
        .filter(
          ({ name }) => !file.path.startsWith(`src/kinds/${name}/`) && file.path !== "src/kinds/index.ts",
        )
        .filter(({ name }) =>
          importsOf(file).some((target) => new RegExp(`(^|/)kinds/${name}/`).test(target)),
        )
        .map(({ name }) => `${file.path} imports from the kind ${name}.`),
    );
    expect(broken).toEqual([]);
  });

  it("has one default export only in graders, kinds and reporters", () => {
    const broken = files
      .filter(
        (file) =>
          /^export default /m.test(file.text) && !["graders", "kinds", "reporters"].includes(file.room),
      )
      .map((file) => file.path);
    expect(broken).toEqual([]);
  });
});
