// Writes the table of graders into rubrics/README.md and the students' pages into rubrics/pages, as the last build has
// them. With --check nothing is written, and the exit code is 1 when something would change. --store FOLDER names a
// store with the data sets that rubrics ask for and Frostline does not bring; pages of rubrics without data stay as they are.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..");
const folder = path.join(root, "rubrics");
const { GRADERS } = await import(path.join(root, "dist/graders/index.js"));
const { explainRubric } = await import(path.join(root, "dist/src/harness/rubric-explain.js"));
const { rubricPageText } = await import(path.join(root, "dist/src/harness/rubric-explain-text.js"));

const WIDTH = 80;
const check = process.argv.includes("--check");
const storeAt = process.argv.indexOf("--store");
const store = storeAt < 0 ? undefined : process.argv[storeAt + 1];
const changed = [];

keep("README.md", withTable(readFileSync(path.join(folder, "README.md"), "utf8")));
for (const file of readdirSync(folder)) {
  if (!file.endsWith(".json") || file === "rubric.schema.json") continue;
  const id = file.replace(".json", "");
  const page = await pageOf(id);
  if (page !== null) keep(`pages/${id}.txt`, `${page}\n`);
}
if (check && changed.length > 0) {
  console.error(
    `These would change: ${changed.join(", ")}. Run \`npm run build && node scripts/make-rubric-pages.mjs\`.`,
  );
  process.exitCode = 1;
}

/** The page of a rubric as text; null where its data set is not in the store. */
async function pageOf(id) {
  try {
    return rubricPageText(await explainRubric(root, id, store), WIDTH);
  } catch (error) {
    if (error.fault?.code !== "dataset-missing") throw error;
    console.log(`${id}: its data set is not in the store, so its page stays as it is.`);
    return null;
  }
}

function keep(name, text) {
  const file = path.join(folder, name);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  changed.push(`rubrics/${name}`);
  if (check) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function withTable(readme) {
  const rows = GRADERS.map(({ id, title, options }) => {
    const listed = Object.entries(options.properties).map(
      ([name, schema]) => `\`${name}\` (${JSON.stringify(schema.default)}): ${cell(schema.description)}`,
    );
    return `| \`${id}\` | ${cell(title)} | ${listed.join("<br>") || "none"} |`;
  });
  const table = ["| grader | judges | options (default) |", "|---|---|---|", ...rows].join("\n");
  return readme.replace(
    /(<!-- graders: generated -->\n)[\s\S]*(<!-- end -->)/,
    (_, start, end) => `${start}${table}\n${end}`,
  );
}

function cell(text) {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}
