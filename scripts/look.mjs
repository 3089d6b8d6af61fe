// Takes pictures of a report's pages with headless Chromium, at desk and phone width, light and dark.
// Use: node scripts/look.mjs REPORT_FOLDER [OUT_FOLDER [PAGE...]]
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const VIEWS = [
  { name: "desk", width: 1440, height: 2800 },
  { name: "phone", width: 375, height: 4200 },
];
const SCHEMES = [
  { name: "light", setting: 1 },
  { name: "dark", setting: 0 },
];

const [report, out = path.join(tmpdir(), "frostline-look"), ...named] = process.argv.slice(2);
const browser = BROWSERS.find((name) => spawnSync(name, ["--version"]).status === 0);
if (report === undefined || !existsSync(report))
  fail("Name the folder of a report: node scripts/look.mjs reports/sample");
if (browser === undefined)
  fail(
    `Pictures need Chromium; none of ${BROWSERS.join(", ")} can be started here. Install one, for example \`apt-get install chromium\`.`,
  );

mkdirSync(out, { recursive: true });
for (const page of named.length > 0 ? named : ["index.html"]) {
  if (!existsSync(path.join(report, page))) fail(`There is no ${page} in ${report}.`);
  for (const view of VIEWS) {
    for (const scheme of SCHEMES) console.log(takePicture(page, view, scheme));
  }
}

function takePicture(page, view, scheme) {
  const file = path.resolve(
    out,
    `${page.replace(/\.html$/, "").replaceAll("/", "-")}-${view.name}-${scheme.name}.png`,
  );
  const profile = mkdtempSync(path.join(tmpdir(), "frostline-look-"));
  try {
    const flags = [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--hide-scrollbars",
      `--user-data-dir=${profile}`,
      `--blink-settings=preferredColorScheme=${scheme.setting}`,
      `--window-size=${view.width},${view.height}`,
      `--screenshot=${file}`,
    ];
    execFileSync(browser, [...flags, pathToFileURL(path.resolve(report, page)).href], {
      stdio: "ignore",
      timeout: 60_000,
    });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
  return file;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
