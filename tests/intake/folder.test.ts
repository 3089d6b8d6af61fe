import { chmod, link, mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { takeIn } from "../../src/intake/index.js";
import { faultOf, scratch } from "./scratch.js";

const LIMITS = { files: 20, submissionMb: 1 };
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test("a folder becomes its plain files with sizes and hashes, in the order of their paths", async () => {
  const folder = await scratch({ "anna/main.js": "train()", "anna/lib/head.js": "dense", "anna/ü.txt": "" });
  const snapshot = await takeIn(join(folder, "anna"), LIMITS);
  expect(snapshot.id).toBe("anna");
  expect(snapshot.files.map(({ path, bytes }) => [path, bytes])).toEqual([
    ["lib/head.js", 5],
    ["main.js", 7],
    ["ü.txt", 0],
  ]);
  expect(text(snapshot.read("main.js"))).toBe("train()");
});

test("the hash depends on names and contents, not on the folder's own name", async () => {
  const folder = await scratch({
    "a/main.js": "1",
    "b/main.js": "1",
    "c/main.js": "2",
    "d/other.js": "1",
  });
  const [a, b, c, d] = await Promise.all(["a", "b", "c", "d"].map((id) => takeIn(join(folder, id), LIMITS)));
  expect(b?.hash).toBe(a?.hash);
  expect(new Set([a?.hash, c?.hash, d?.hash]).size).toBe(3);
});

test("a file changed after intake changes nothing in the snapshot", async () => {
  const folder = await scratch({ "bo/main.py": "honest" });
  const snapshot = await takeIn(join(folder, "bo"), LIMITS);
  await writeFile(join(folder, "bo/main.py"), "swapped");
  expect(text(snapshot.read("main.py"))).toBe("honest");
});

test("junk is left out and not counted, whatever it holds", async () => {
  const files: Record<string, string> = { "main.js": "x" };
  for (let i = 0; i < 40; i += 1) files[`node_modules/p/${i}.js`] = "y";
  for (const name of [".git/HEAD", "__pycache__/m.pyc", ".ipynb_checkpoints/n.ipynb", ".venv/bin/python"])
    files[name] = "z";
  for (const name of [".DS_Store", "__MACOSX/._main.js", "._main.js", "main.js~", ".main.js.swp"])
    files[name] = "z";
  const folder = await scratch(files);
  await symlink("/etc", join(folder, "node_modules/.bin"));
  expect((await takeIn(folder, LIMITS)).files.map(({ path }) => path)).toEqual(["main.js"]);
});

test("a symbolic link is refused, to a file, to a folder and as the submission itself", async () => {
  const folder = await scratch({ "a/main.js": "x", "b/main.js": "x", secret: "s" });
  await symlink("/etc/passwd", join(folder, "a/data.txt"));
  await symlink("/etc", join(folder, "b/data"));
  await symlink(join(folder, "secret"), join(folder, "c"));
  expect(await faultOf(takeIn(join(folder, "a"), LIMITS))).toMatchObject({
    code: "intake-link",
    file: "data.txt",
  });
  expect(await faultOf(takeIn(join(folder, "b"), LIMITS))).toMatchObject({
    code: "intake-link",
    file: "data",
  });
  expect(await faultOf(takeIn(join(folder, "c"), LIMITS))).toMatchObject({ code: "intake-link", file: "c" });
});

test("a hard link is refused", async () => {
  const folder = await scratch({ "a/main.js": "x", "labels.json": "hidden" });
  await link(join(folder, "labels.json"), join(folder, "a/mine.json"));
  expect(await faultOf(takeIn(join(folder, "a"), LIMITS))).toMatchObject({
    code: "intake-link",
    file: "mine.json",
  });
});

test("a FIFO without a writer is refused at once", async () => {
  const folder = await scratch({ "main.js": "x" });
  await execa("mkfifo", [join(folder, "pipe")]);
  const fault = await faultOf(takeIn(folder, LIMITS));
  expect(fault).toMatchObject({
    code: "intake-special-file",
    file: "pipe",
    kind: "FIFO",
    blame: "submission",
  });
});

test.each([
  ["a\\b.js", "a\\b.js", "backslash"],
  ["a\nGRADE: 100.js", "a\\u{a}GRADE: 100.js", "control"],
  ["abc\u202Esj.js", "abc\\u{202e}sj.js", "direction"],
])("the file name %j is refused and shown harmlessly", async (name, shown, why) => {
  const folder = await scratch({ "main.js": "x", [name]: "y" });
  const fault = await faultOf(takeIn(folder, LIMITS));
  expect(fault).toMatchObject({ code: "intake-odd-name", file: shown, why: expect.stringContaining(why) });
});

test("a file name that is not UTF-8 is refused", async () => {
  const folder = await scratch({ "main.js": "x" });
  await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x61, 0xff, 0x62])]), "y");
  expect(await faultOf(takeIn(folder, LIMITS))).toMatchObject({
    code: "intake-odd-name",
    why: "it is not valid UTF-8",
  });
});

test.each([
  ["Main.js", "main.js"],
  ["caf\u00e9.js", "cafe\u0301.js"],
  ["Model/a.js", "model/b.js"],
])("%s beside %s is refused, since some systems take them for one", async (one, other) => {
  const folder = await scratch({ [one]: "x", [other]: "y" });
  expect(await faultOf(takeIn(folder, LIMITS))).toMatchObject({ code: "intake-odd-name" });
});

test("folders nested beyond 32 levels are refused", async () => {
  const folder = await scratch();
  await mkdir(join(folder, ...Array<string>(40).fill("d")), { recursive: true });
  expect(await faultOf(takeIn(folder, { ...LIMITS, files: 100 }))).toMatchObject({
    code: "intake-odd-name",
    why: "it lies more than 32 folders deep",
  });
});

test("more files, more folders or more bytes than allowed are refused, and the limit itself is not", async () => {
  const names = (count: number, end: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}${end}`, "x"]));
  await takeIn(await scratch(names(20, ".js")), LIMITS);
  const tooMany = { code: "intake-too-many-files", limit: 20 };
  expect(await faultOf(takeIn(await scratch(names(21, ".js")), LIMITS))).toMatchObject(tooMany);
  expect(await faultOf(takeIn(await scratch(names(21, "/a.js")), LIMITS))).toMatchObject(tooMany);

  const full = await scratch({ "model.h5": "" });
  await truncate(join(full, "model.h5"), 2 ** 20);
  await takeIn(full, LIMITS);
  await truncate(join(full, "model.h5"), 2 ** 20 + 1);
  expect(await faultOf(takeIn(full, LIMITS))).toMatchObject({ code: "intake-too-large", bytes: 2 ** 20 + 1 });
});

test("a sparse file of a terabyte is refused without reading it", async () => {
  const folder = await scratch({ "model.h5": "" });
  await truncate(join(folder, "model.h5"), 2 ** 40);
  expect(await faultOf(takeIn(folder, LIMITS))).toMatchObject({ code: "intake-too-large", file: "model.h5" });
});

test("a folder without files, and a path that is not there, are told apart by who must act", async () => {
  const folder = await scratch({ "empty/.DS_Store": "x" });
  expect(await faultOf(takeIn(join(folder, "empty"), LIMITS))).toMatchObject({
    code: "intake-empty",
    blame: "submission",
  });
  expect(await faultOf(takeIn(join(folder, "gone"), LIMITS))).toMatchObject({
    code: "file-missing",
    blame: "instructor",
  });
});

test("a file that we may not read is nobody's lost points", async (ctx) => {
  if (process.platform === "win32") ctx.skip("Windows has no file modes");
  const folder = await scratch({ "main.js": "x", "sealed/main.js": "x" });
  await chmod(folder, 0o755);
  await chmod(join(folder, "main.js"), 0);
  await chmod(join(folder, "sealed"), 0);
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    const unreadable = { code: "file-unreadable", why: "EACCES", blame: "instructor" };
    expect(await faultOf(takeIn(folder, LIMITS))).toMatchObject({
      ...unreadable,
      file: join(folder, "main.js"),
    });
    expect(await faultOf(takeIn(join(folder, "sealed"), LIMITS))).toMatchObject(unreadable);
    expect(await faultOf(takeIn(join(folder, "sealed/main.js"), LIMITS))).toMatchObject(unreadable);
  } finally {
    if (isRoot) process.seteuid?.(0);
    await chmod(join(folder, "sealed"), 0o755);
  }
});
