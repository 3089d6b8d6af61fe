import { realpathSync, statSync } from "node:fs";
import path from "node:path";
import { runCommand } from "./run-command.mjs";

/** Python versions for which TensorFlow has wheels and requirements.txt has hashes. */
const VERSIONS = ["3.11", "3.12", "3.13"];

const PREFIX = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.base_prefix)";

/**
 * Finds a Python for submissions. A jail runs it as a user who owns nothing, so one below a closed home folder
 * (as pyenv installs it for root) does not serve.
 * @returns {Promise<{ program: string, prefix: string } | { why: string }>} the prefix is the folder that holds it and its library
 */
export async function findPython() {
  if (process.platform !== "linux" || process.arch !== "x64")
    return { why: "its packages are pinned for Linux on x86-64 only" };
  const names = [...VERSIONS.map((version) => `python${version}`), "python3"];
  let closed;
  for (const program of [...names.map((name) => `/usr/bin/${name}`), ...names]) {
    const run = await runCommand(program, ["-I", "-c", PREFIX]);
    const [version, prefix] = run.output.trim().split("\n");
    if (!run.ok || !prefix || !VERSIONS.includes(version)) continue;
    if (canBeEntered(realpathSync(prefix))) return { program, prefix: realpathSync(prefix) };
    closed ??= prefix;
  }
  const wanted = `Python ${VERSIONS.join(", ")} (Debian, Ubuntu: \`apt-get install python3 python3-venv python3-pip\`)`;
  return {
    why: closed
      ? `${closed} is closed to other users: install ${wanted} for all users`
      : `there is no ${wanted}`,
  };
}

function canBeEntered(folder) {
  const parent = path.dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || canBeEntered(parent));
}
