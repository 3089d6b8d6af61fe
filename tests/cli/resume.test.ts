import { readdirSync, readFileSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { frostline, HONEST, ROOT, rubric, scratch, write } from "./frostline.js";

const LOOP = "for (;;) {}";

async function classOf(
  programs: Record<string, string>,
  changes: object = {},
): Promise<{ folder: string; args: string[] }> {
  return classIn(await scratch(), programs, changes);
}

async function classIn(
  folder: string,
  programs: Record<string, string>,
  changes: object = {},
): Promise<{ folder: string; args: string[] }> {
  const files = Object.entries(programs).map(([id, text]) => [`class/${id}/main.js`, text]);
  await write(folder, { ...Object.fromEntries(files), "rubric.json": rubric(changes) });
  return { folder, args: gradeArguments(folder) };
}

const gradeArguments = (folder: string): string[] => [
  "grade",
  join(folder, "class"),
  "--rubric",
  join(folder, "rubric.json"),
  "--out",
  join(folder, "out"),
];

describe("a run on disk", { timeout: 120_000 }, () => {
  let graded = "";

  beforeAll(async () => {
    graded = await mkdtemp(join(tmpdir(), "frostline-test-"));
    const { args } = await classIn(graded, { ana: HONEST, ben: "throw new Error('x')" });
    await frostline(args);
  }, 120_000);
  afterAll(() => rm(graded, { recursive: true, force: true }));

  /** A copy of the class of two and its run. */
  async function gradedClass() {
    const folder = await scratch();
    await cp(graded, folder, { recursive: true });
    return { folder, args: gradeArguments(folder) };
  }

  it("is taken up again: what did not change is not run again", async () => {
    const { folder, args } = await gradedClass();
    await write(folder, { "class/ben/main.js": "throw new Error('y')" });
    const again = await frostline(args);
    expect(again.err).toContain("ana: 5 of 5 (stored result)");
    expect(again.err).toMatch(/ben: 0 of 5$/m);
  });

  it("grades only those that are named, and keeps what is known of the others", async () => {
    const { folder, args } = await gradedClass();
    await write(folder, { "class/cem/main.js": LOOP });
    const first = await frostline([...args, "--skip", "cem"]);
    expect(first).toMatchObject({ code: 0, err: expect.not.stringContaining("cem") });
    await write(folder, { "class/ben/main.js": "throw new Error('z')" });
    const again = await frostline([...args, "--only", "b*"]);
    expect(again.err).not.toContain("ana:");
    expect(again.err).toMatch(/ben: 0 of 5$/m);
    const table = readFileSync(join(folder, "out/grades.csv"), "utf8");
    expect([/ana/.test(table), /ben/.test(table), /cem/.test(table)]).toEqual([true, true, false]);
    const wrong = await frostline([...args, "--only", "bem"]);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/Did you mean `(?:ben|cem)`/) });
  });

  it("gives the same bytes when it is judged again from its evidence", async () => {
    const { folder } = await gradedClass();
    const files = readdirSync(join(folder, "out"), { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.(html|json|csv)$/.test(file),
    );
    const before = files.map((file) => readFileSync(join(folder, "out", file), "utf8"));
    const { code } = await frostline(["report", join(folder, "out")]);
    expect(code).toBe(0);
    expect(files.map((file) => readFileSync(join(folder, "out", file), "utf8"))).toEqual(before);
  });

  it("is judged by a changed rubric without running anything", async () => {
    const { folder } = await gradedClass();
    await write(folder, {
      "strict.json": rubric({
        items: [{ grader: "validation-accuracy", points: 8, options: { threshold: 0.99 } }],
      }),
    });
    await write(folder, { "class/ana/main.js": "throw new Error('must not be read')" });
    const { out } = await frostline(["report", join(folder, "out"), "--rubric", join(folder, "strict.json")]);
    expect(out).toMatch(/ana .* of 8/);
  });

  it("keeps what is finished when it is stopped, and goes on from there", async () => {
    const { folder, args } = await classOf({ ana: HONEST, zoe: LOOP }, { limits: { seconds: 60 } });
    const child = execa(process.execPath, [join(ROOT, "bin/frostline.mjs"), ...args, "--jobs", "1"], {
      env: { CI: "true", NO_COLOR: "1" },
      reject: false,
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (chunk.includes("ana: ")) child.kill("SIGINT");
    });
    const stopped = await child;
    expect(stopped.exitCode).toBe(2);
    expect(stopped.stderr).toContain("1 submission was not graded");
    expect(readdirSync(join(folder, "out/evidence"))).toEqual(["ana.json"]);
    await write(folder, { "class/zoe/main.js": "throw new Error('mended')" });
    expect((await frostline(args)).err).toContain("ana: 5 of 5 (stored result)");
  });

  it("leaves nothing half-written where the output cannot be written", async () => {
    const { folder, args } = await classOf({ ana: "1" });
    await writeFile(join(folder, "out"), "a file stands here");
    const { code, err } = await frostline(args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("cannot be written") });
    expect(await readFile(join(folder, "out"), "utf8")).toBe("a file stands here");
  });

  it("names a damaged store file before anything is run", async () => {
    const { folder, args } = await classOf({ ana: "1" }, { data: { dataset: "tiny", bases: [] } });
    const store = join(folder, "store");
    const pictures = join(ROOT, "src/store/bundled/emoji/train");
    expect((await frostline(["store", "add", pictures, "--name", "tiny", "--store", store])).code).toBe(0);
    const [first] = readdirSync(join(store, "datasets/tiny/train/animals"));
    const damaged = join(store, "datasets/tiny/train/animals", first ?? "");
    await chmod(damaged, 0o644);
    await writeFile(damaged, "not a picture");
    const run = await frostline([...args, "--store", store]);
    expect({ code: run.code, err: run.err }).toEqual({
      code: 2,
      err: expect.stringContaining("differs from its recorded hash"),
    });
    const verified = await frostline(["store", "verify", "--store", store]);
    expect({ code: verified.code, out: verified.out }).toEqual({
      code: 2,
      out: expect.stringContaining("✗ damaged  tiny"),
    });
  });

  it("reports a full disk as a fault of the machine and keeps the folder readable", async (context) => {
    const { folder, args } = await classOf({ ana: HONEST });
    const out = join(folder, "out");
    await mkdir(out);
    const mounted = await execa("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", out], { reject: false });
    if (mounted.exitCode !== 0) return context.skip("a small disk can be mounted by root only");
    try {
      const { code, err } = await frostline(args);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("the disk is full") });
      expect(
        readdirSync(out, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".part")),
      ).toEqual([]);
    } finally {
      await execa("umount", [out]);
    }
  });
});
