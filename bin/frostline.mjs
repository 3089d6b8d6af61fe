#!/usr/bin/env node
import { existsSync } from "node:fs";

const cli = new URL("../dist/cli/main.js", import.meta.url);

if (existsSync(cli)) {
  const { main } = await import(cli.href);
  await main(process.argv.slice(2));
} else {
  console.error("Frostline is not set up in this folder yet: run `npm run setup` here once, then try again.");
  process.exitCode = 2;
}
