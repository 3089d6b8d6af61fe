import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

// Writes rubrics/rubric.schema.json from the contract and the graders' options, as the last build has them.
const root = path.join(import.meta.dirname, "..");
const { rubricSchema } = await import(path.join(root, "dist/src/judge/index.js"));
const { GRADERS } = await import(path.join(root, "dist/graders/index.js"));

const file = path.join(root, "rubrics/rubric.schema.json");
writeFileSync(file, `${JSON.stringify(rubricSchema(GRADERS), null, 2)}\n`);
const biome = path.join(root, "node_modules/.bin/biome");
const formatted = spawnSync(biome, ["format", "--write", file], {
  cwd: root,
  stdio: ["ignore", "ignore", "inherit"],
});
process.exit(formatted.status ?? 1);
