import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import html from "../../src/reporters/html/index.js";
import { sampleClass } from "./fixtures.js";
import { renderAll } from "./render-all.js";

const hasBrowser = spawnSync("chromium", ["--version"]).status === 0;
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "frostline-pages-"));
  for (const { path: file, text } of renderAll(html, sampleClass())) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The page as it stands after its scripts ran. */
function dump(file: string): string {
  const profile = path.join(folder, "profile");
  const { stdout } = spawnSync(
    "chromium",
    [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      `--user-data-dir=${profile}`,
      "--virtual-time-budget=2000",
      "--dump-dom",
      pathToFileURL(path.join(folder, file)).href,
    ],
    { encoding: "utf8", timeout: 50_000 },
  );
  return stdout;
}

describe("the class page in a browser", () => {
  it("runs its own script under its own policy", (ctx) => {
    if (!hasBrowser) ctx.skip("chromium is not installed");
    const page = dump("index.html");
    expect(page).toContain("10 of 10 shown");
    expect(page).toMatch(/<form class="filters">/);
  });

  it("shows who forgot to freeze after one click", (ctx) => {
    if (!hasBrowser) ctx.skip("chromium is not installed");
    const [index] = renderAll(html, sampleClass());
    const click = "<script>document.querySelector(\"th button[data-item='0']\").click()</script></main>";
    const page = (index?.text ?? "")
      .replace(/<meta http-equiv[^>]*>/, "")
      .replace(/<\/body>/, `${click}</body>`);
    writeFileSync(path.join(folder, "clicked.html"), page);
    const clicked = dump("clicked.html");
    expect(clicked).toContain("2 of 10 shown");
    const shown = [
      ...clicked.matchAll(/<tr role="row" data-v="\w+"( hidden="")?><th[^>]*><a href="staff\/([\w-]+)/g),
    ]
      .filter(([, hidden]) => hidden === undefined)
      .map(([, , id]) => id);
    expect(shown).toEqual(["bo-tanaka", "jonas-weber"]);
  });

  it("shows everything without a script", () => {
    const [index] = renderAll(html, sampleClass());
    expect(index?.text).toContain('<form class="filters" hidden>');
    expect(index?.text).not.toMatch(/<tr[^>]* hidden/);
  });
});
