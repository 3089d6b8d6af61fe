// Makes a fresh clone ready to use: `npm run setup`. Uses Node's own modules only, since nothing else is there yet.
// Every step checks by use whether its part already works, so running it again is quick and repairs what is broken.
import path from "node:path";
import { buildSources } from "./setup/build-sources.mjs";
import { checkNodeVersion } from "./setup/check-node-version.mjs";
import { installBubblewrap } from "./setup/install-bubblewrap.mjs";
import { installIsolatedVm } from "./setup/install-isolated-vm.mjs";
import { installPackages } from "./setup/install-packages.mjs";
import { installPython } from "./setup/install-python.mjs";
import { installTensorflow } from "./setup/install-tensorflow.mjs";
import { SetupFault } from "./setup/setup-fault.mjs";

const STEPS = [
  ["Node", checkNodeVersion],
  ["packages", installPackages],
  ["isolated-vm", installIsolatedVm],
  ["TensorFlow", installTensorflow],
  ["Python", installPython],
  ["bubblewrap", installBubblewrap],
  ["build", buildSources],
];

const root = path.dirname(import.meta.dirname);
const started = performance.now();

function say(step, sentence) {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  console.log(`${seconds} s  ${step.padEnd(11)}  ${sentence}`);
}

for (const [name, run] of STEPS) {
  try {
    await run(root, (sentence) => say(name, sentence));
  } catch (error) {
    if (!(error instanceof SetupFault)) throw error;
    say(name, `FAILED: ${error.message}`);
    console.error(`\nWhat to do: ${error.advice}`);
    if (error.output) console.error(`\nThe last lines of its output:\n${error.output}`);
    process.exit(1);
  }
}
say("set-up", "complete");
