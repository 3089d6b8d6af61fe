import { mkdir, realpath, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { findSubmissions, takeIn } from "../../src/intake/index.js";
import { faultOf, scratch } from "./scratch.js";

async function listed(folder: string, ...paths: string[]): Promise<Record<string, string>> {
  const submissions = await findSubmissions(paths.map((path) => join(folder, path)));
  const real = await realpath(folder);
  return Object.fromEntries(submissions.map(({ id, path }) => [id, relative(real, path)]));
}

test.each(["main.js", "work.ipynb", "final.keras", "model.json", "saved_model.pb"])(
  "a folder with %s at its top is one submission, with its folders",
  async (name) => {
    const folder = await scratch({ [`zoe/${name}`]: "x", "zoe/model/model.json": "{}", "zoe/lib/a.js": "x" });
    expect(await listed(folder, "zoe")).toEqual({ zoe: "zoe" });
  },
);

test("a class folder gives its folders and archives by name, and no hidden folders or stray files", async () => {
  const folder = await scratch({
    "class/eva.zip": zipSync({ "main.py": Buffer.of(1) }),
    "class/anna/main.js": "x",
    "class/.cache/main.js": "x",
    "class/node_modules/main.js": "x",
    "class/grades.csv": "x",
  });
  expect(await listed(folder, "class")).toEqual({ anna: "class/anna", eva: "class/eva.zip" });
});

test("beside a submission, a folder with nothing to grade and an archive of another kind are not overlooked", async () => {
  const folder = await scratch({
    "anna/main.js": "x",
    "bob/essay.docx": "x",
    "cleo.rar": "x",
    "dan/hw/main.js": "x",
  });
  await mkdir(join(folder, "empty"));
  await symlink("/etc", join(folder, "sly"));
  expect(Object.keys(await listed(folder, "."))).toEqual(["anna", "bob", "cleo", "dan", "empty", "sly"]);
  const limits = { files: 9, submissionMb: 1 };
  expect(await faultOf(takeIn(join(folder, "sly"), limits))).toMatchObject({ code: "intake-link" });
});

test("a folder of class folders, with expectations beside the programs, gives every submission", async () => {
  const folder = await scratch({
    "examples/README.md": "x",
    "examples/honest/frozen/main.js": "x",
    "examples/honest/frozen/expected.json": "{}",
    "examples/hostile/forever/main.js": "x",
    "examples/hostile/forever/expected.json": "{}",
  });
  expect(await listed(folder, "examples")).toEqual({
    frozen: "examples/honest/frozen",
    forever: "examples/hostile/forever",
  });
});

test("several paths are listed in the order given, and a path may be a link of the teacher's", async () => {
  const folder = await scratch({ "b/main.js": "x", "a/main.js": "x" });
  await symlink(join(folder, "a"), join(folder, "current"));
  expect(Object.keys(await listed(folder, "b", "current"))).toEqual(["b", "a"]);
});

test.each([
  ["Anna/main.js", "anna/main.js"],
  ["jos\u00e9/main.js", "jose\u0301/main.js"],
  ["group1/anna/main.js", "group2/anna/main.js"],
])("%s and %s are refused as one name for two submissions", async (one, other) => {
  const folder = await scratch({ [one]: "x", [other]: "x" });
  expect(await faultOf(findSubmissions([folder]))).toMatchObject({
    code: "submission-duplicate",
    blame: "instructor",
  });
});

test("a folder beside the archive it was unpacked from is refused as a duplicate", async () => {
  const folder = await scratch({ "anna/main.js": "x", "anna.zip": "x" });
  expect(await faultOf(findSubmissions([folder]))).toMatchObject({
    code: "submission-duplicate",
    id: "anna",
  });
});

test("a folder without submissions and a path that is not there are the instructor's to correct", async () => {
  const folder = await scratch({ "data/flowers/daisy/1.jpg": "x" });
  expect(await faultOf(findSubmissions([folder]))).toMatchObject({ code: "no-submissions", folders: folder });
  expect(await faultOf(findSubmissions([join(folder, "gone")]))).toMatchObject({ code: "file-missing" });
});
