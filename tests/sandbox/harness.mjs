// A harness of its own: runs one of the programs beside it in a jail and prints the result as JSON.
// Arguments: the program, then options as JSON ({ layers, limits, mark, lostTime }).
import { readFileSync } from "node:fs";
import path from "node:path";
import { jailSandbox } from "../../dist/src/sandbox/bubblewrap.js";
import { jailLimits } from "../../dist/src/sandbox/index.js";
import { ALL_LAYERS } from "../../dist/src/sandbox/layers.js";

const [name, options = "{}"] = process.argv.slice(2);
const { layers = {}, limits = {}, mark = "unmarked", lostTime } = JSON.parse(options);
const sandbox = jailSandbox({}, { ...ALL_LAYERS, ...layers });
const { result, ...rest } = await sandbox.run({
  command: ["/usr/bin/python3", "-I", "-B", `/program/${name}`],
  binds: [],
  files: [
    { target: `/program/${name}`, bytes: readFileSync(path.join(import.meta.dirname, "programs", name)) },
    { target: "/submission/numbers.json", bytes: Buffer.from("[2, 3, 37]") },
  ],
  env: { FROST_MARK: mark },
  limits: jailLimits({ wallMs: 5000, ...limits }),
  lostTime,
});
console.log(JSON.stringify({ ...rest, result: result.toString() }));
