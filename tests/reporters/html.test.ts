import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import html from "../../src/reporters/html/index.js";
import { controlCharacters } from "./control-characters.js";
import { classOf, honest, largeClass, notFrozen, pending, row, sampleClass } from "./fixtures.js";
import { HOSTILE_TEXTS, hostileClass } from "./hostile.js";
import { readTags } from "./read-tags.js";
import { renderAll } from "./render-all.js";

const pagesOf = (report: Parameters<typeof html.render>[0]): Map<string, string> =>
  new Map(renderAll(html, report).map(({ path, text }) => [path, text]));

const page = (pages: Map<string, string>, path: string): string => {
  const text = pages.get(path);
  if (text === undefined) throw new Error(`No page ${path}`);
  return text;
};

/** Style and script are the same in every page and would hide what changed. */
const withoutAssets = (text: string): string =>
  text.replace(/<(style|script)>[\s\S]*?<\/\1>/g, "<$1></$1>").replace(/sha256-[\w+/=]+/g, "sha256-");

describe("pages", () => {
  it("look as they did", async () => {
    const pages = pagesOf(sampleClass());
    for (const path of [
      "index.html",
      "staff/ada-lindqvist.html",
      "staff/bo-tanaka.html",
      "staff/emil-novak.html",
      "student/gita-larsen.html",
    ]) {
      const golden = `golden/${path.replace("/", "-")}`;
      await expect(withoutAssets(page(pages, path))).toMatchFileSnapshot(golden);
    }
  });

  it("are one class page, and a staff and a student page for each submission", () => {
    expect([...pagesOf(classOf([honest(), pending()])).keys()]).toEqual([
      "index.html",
      "staff/ada-lindqvist.html",
      "student/ada-lindqvist.html",
      "staff/gita-larsen.html",
      "student/gita-larsen.html",
    ]);
  });

  it("are well formed and give every element a unique id", () => {
    for (const text of pagesOf(sampleClass()).values()) {
      const ids = readTags(text).flatMap(({ attributes }) => attributes.get("id") ?? []);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it("open without a network: no address, no url(), nothing loaded", () => {
    for (const text of pagesOf(sampleClass()).values()) {
      expect(text).not.toMatch(/https?:\/\/|url\(|@import|\bsrc\s*=|<iframe|<object|<base/i);
      const links = readTags(text).flatMap(({ attributes }) => attributes.get("href") ?? []);
      for (const link of links)
        expect(link).toMatch(/^(#|data:,$|\.\.\/index\.html$|(staff|student)\/[\w-]+\.html$)/);
    }
  });

  it("allow exactly the style and the script they hold, in the first tag of the head", () => {
    for (const text of pagesOf(classOf([honest()])).values()) {
      const policy = /<head>\n<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(text)?.[1];
      const hashOf = (tag: string): string => {
        const blocks = [...text.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "g"))];
        expect(blocks).toHaveLength(1);
        return createHash("sha256")
          .update(blocks[0]?.[1] ?? "")
          .digest("base64");
      };
      const unescaped = policy?.replaceAll("&#x27;", "'").replaceAll("&#x3D;", "=");
      expect(unescaped).toContain("default-src 'none';");
      expect(unescaped).toContain(`style-src 'sha256-${hashOf("style")}';`);
      expect(unescaped).toContain(`script-src 'sha256-${hashOf("script")}';`);
      expect(readTags(text).some(({ attributes }) => attributes.has("style"))).toBe(false);
    }
  });

  it("keep the class page of 300 students under 2 MB", () => {
    const pages = renderAll(html, largeClass(300));
    expect(pages).toHaveLength(601);
    expect(Buffer.byteLength(pages[0]?.text ?? "")).toBeLessThan(2e6);
  });
});

describe("a student's page", () => {
  it("is made from the student's report alone and links to no other page", () => {
    const staff = { ...honest(), nextStep: "only for staff" };
    const report = classOf([staff, notFrozen()]);
    const student = { ...honest(), audience: "student" as const, accuracy: null, run: null, curves: [] };
    const pages = pagesOf({ ...report, rows: [{ ...row(staff), student }, row(notFrozen())] });
    const text = page(pages, "student/ada-lindqvist.html");
    expect(text).not.toMatch(/only for staff|Bo Tanaka|index\.html|Hidden images \(n/);
    expect(page(pages, "staff/ada-lindqvist.html")).toContain("only for staff");
  });

  it("does not tell a student what broke on the grading machine", () => {
    const pages = pagesOf(classOf([pending()]));
    expect(page(pages, "student/gita-larsen.html")).toContain("The grading machine failed");
    expect(page(pages, "student/gita-larsen.html")).not.toMatch(/jail|doctor/);
    expect(page(pages, "staff/gita-larsen.html")).toContain("the jail&#x27;s first process");
  });
});

describe("a class page", () => {
  it("says so when nothing is graded yet", () => {
    const text = page(pagesOf(classOf([])), "index.html");
    readTags(text);
    expect(text).toContain("No submission has been graded yet.");
  });

  it("shows pending points as pending, never as lost", () => {
    const text = page(pagesOf(classOf([pending(), pending()])), "index.html");
    expect(text).toContain("2 submissions: 0 final, 2 pending");
    expect(text).toContain('data-v="wwwwwwwwww"');
  });

  it("tells who made an item's mistake apart from who never got there", () => {
    const text = page(pagesOf(sampleClass()), "index.html");
    const states = new Map(
      [...text.matchAll(/data-v="(\w+)"><th[^>]*><a href="staff\/([\w-]+)\.html/g)].map(([, v, id]) => [
        id,
        v,
      ]),
    );
    expect(states.get("bo-tanaka")?.[0]).toBe("l");
    expect(states.get("emil-novak")?.[0]).toBe("f");
    expect(text).toMatch(/2 students<\/b>[\s\S]*?jonas-weber/);
  });

  it("links to pages whose names hold odd characters", () => {
    const { report, student } = row(honest());
    const odd = { report, student, staffPage: "staff/a#b?c%20.html", studentPage: "student/ü.html" };
    const text = page(pagesOf({ ...classOf([]), rows: [odd] }), "index.html");
    expect(text).toContain('href="staff/a%23b%3Fc%2520.html"');
    expect(text).toContain('href="student/%C3%BC.html"');
  });
});

describe("hostile text in every field", () => {
  for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
    it(`stays text: ${name}`, () => {
      for (const { path, text: shown } of renderAll(html, hostileClass(text))) {
        const tags = readTags(shown);
        expect(tags.filter(({ name: tag, closing }) => tag === "script" && !closing)).toHaveLength(1);
        expect(tags.some(({ name: tag }) => tag === "img")).toBe(false);
        for (const { attributes } of tags) {
          for (const attribute of attributes.keys()) expect(attribute).not.toMatch(/^on/);
        }
        expect(shown).not.toMatch(controlCharacters({ tab: true }));
        expect(shown.length, path).toBeLessThan(600_000);
      }
    });
  }

  it("shows a reversing character by its number", () => {
    const pages = pagesOf(hostileClass(HOSTILE_TEXTS["bidi"] ?? ""));
    expect(page(pages, "index.html")).toContain("mark⟨U+202E⟩02 fo 02⟨U+2066⟩");
  });
});
