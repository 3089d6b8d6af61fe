// Takes pictures of a report's pages with headless Chromium: desktop and phone, light and dark.
// Use: node scripts/look.mjs REPORT_FOLDER [OUT_FOLDER] [PAGE...]
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const VIEWS = [
  { name: "desktop-light", width: 1440, height: 2600, dark: false },
  { name: "desktop-dark", width: 1440, height: 2600, dark: true },
  { name: "phone-light", width: 375, height: 4200, dark: false },
  { name: "phone-dark", width: 375, height: 4200, dark: true },
];

const [report, out = path.join(tmpdir(), "frostline-look"), ...named] = process.argv.slice(2);
const browser = BROWSERS.find(answers);
if (!report || !existsSync(report)) fail("Name the folder of a report, such as reports/sample.");
if (!browser)
  fail("Chromium is needed for pictures. Install it, for example with `apt-get install chromium`.");

mkdirSync(out, { recursive: true });
for (const page of named.length > 0 ? named : ["index.html"]) {
  for (const view of VIEWS) picture(page, view);
}

function picture(page, { name, width, height, dark }) {
  const file = path.join(out, `${page.replace(/\.html$/, "").replaceAll("/", "-")}-${name}.png`);
  const profile = mkdtempSync(path.join(tmpdir(), "look-"));
  // Chromium's window is never narrower than 500 px, so a phone is an inner frame of the right width.
  const target = width < 500 ? frameAround(report, page, width, height, profile) : path.resolve(report, page);
  const options = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    `--user-data-dir=${profile}`,
    `--blink-settings=preferredColorScheme=${dark ? 0 : 1}`,
    `--window-size=${width},${height}`,
    `--screenshot=${file}`,
    pathToFileURL(target).href,
  ];
  execFileSync(browser, options, { stdio: "ignore", timeout: 60_000 });
  rmSync(profile, { recursive: true, force: true });
  console.log(file);
}
