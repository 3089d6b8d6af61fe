import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";
import { expect, it } from "vitest";
import { GRADERS } from "../../graders/index.js";
import { Evidence, parseJson, Rubric } from "../../src/contract/index.js";
import { judge } from "../../src/judge/index.js";
import { ROOT } from "../cli/frostline.js";

const script = readFileSync(join(ROOT, "dist/what-if.js"), "utf8");
const folder = join(ROOT, "reports/sample/evidence");
const evidence = readdirSync(folder).map((file) =>
  parseJson(Evidence, readFileSync(join(folder, file), "utf8"), file),
);
const rubrics = ["fine-tuning", "feature-extraction", "full-transfer"].map((name) =>
  parseJson(Rubric, readFileSync(join(ROOT, `rubrics/${name}.json`), "utf8"), name),
);

/** What the judge of Node says, without the hashes. */
const expected = rubrics.map((rubric) =>
  evidence.map((one) => {
    const { schema: _, rubric: __, evidence: ___, ...grade } = judge(one, rubric, GRADERS, () => "");
    return JSON.parse(JSON.stringify(grade));
  }),
);

/** Of all that browsers have, the one function that is not JavaScript's own; and no code from text. */
const browserLike = () =>
  createContext({ structuredClone }, { codeGeneration: { strings: false, wasm: false } });

const ASK = "JSON.stringify(rubrics.map((rubric) => evidence.map((one) => frostline.judge(one, rubric))))";

it("gives every sample the grades of the judge in Node, with no Node around it and no code made from text", () => {
  expect(evidence.length).toBeGreaterThanOrEqual(14);
  const bare = browserLike();
  const data = `var evidence = ${JSON.stringify(evidence)}, rubrics = ${JSON.stringify(rubrics)};`;
  const said: unknown = JSON.parse(runInContext(`${script};${data}${ASK}`, bare));
  expect(said).toEqual(expected);
});

it("says in words what is wrong with a changed rubric", () => {
  const bare = browserLike();
  const broken = {
    ...rubrics[0],
    items: [{ grader: "validation-accuracy", points: 1, options: { treshold: 0.5 } }],
  };
  const ask = `${script};(() => { try { frostline.judge(${JSON.stringify(evidence[0])}, ${JSON.stringify(broken)}); } catch (error) { return error.name + ": " + error.message; } })()`;
  expect(runInContext(ask, bare)).toMatch(/^FrostlineFault: .*treshold/);
});

it("gives the same grades in a browser, under the policy of our pages", (ctx) => {
  if (spawnSync("chromium", ["--version"]).status !== 0) return ctx.skip("chromium is not installed");
  const place = mkdtempSync(join(tmpdir(), "frostline-what-if-"));
  try {
    const data = `const evidence = ${JSON.stringify(evidence)}, rubrics = ${JSON.stringify(rubrics)};`;
    writeFileSync(join(place, "what-if.js"), script);
    writeFileSync(join(place, "ask.js"), `${data}document.querySelector("pre").textContent = ${ASK};`);
    writeFileSync(
      join(place, "page.html"),
      `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src file:">
<pre></pre><script src="what-if.js"></script><script src="ask.js"></script>`,
    );
    const { stdout } = spawnSync(
      "chromium",
      [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        `--user-data-dir=${join(place, "profile")}`,
        "--virtual-time-budget=10000",
        "--dump-dom",
        pathToFileURL(join(place, "page.html")).href,
      ],
      { encoding: "utf8", timeout: 50_000, maxBuffer: 1e9 },
    );
    const shown = /<pre>([\s\S]*)<\/pre>/.exec(stdout)?.[1] ?? "";
    const text = shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&nbsp;", " ");
    expect(JSON.parse(text.replaceAll("&amp;", "&"))).toEqual(expected);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

it("is one file of less than 400 kB", () => {
  expect(statSync(join(ROOT, "dist/what-if.js")).size).toBeLessThan(400_000);
});
