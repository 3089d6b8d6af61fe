import { spawn } from "node:child_process";
import path from "node:path";

const TIMEOUT_MS = 20 * 60_000;

/**
 * Runs a program to its end and keeps what it printed. A program that does not exist is a failed run, not an error.
 * This Node comes first in its PATH, so that npm and node-gyp work for the Node that runs the set-up.
 * @param {{ cwd?: string, env?: Record<string, string>, timeoutMs?: number }} options
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function runCommand(program, args, { cwd, env = {}, timeoutMs = TIMEOUT_MS } = {}) {
  const searchPath = [path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, PATH: searchPath, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Not spawn's own `timeout`: after a program that does not exist it would keep the set-up alive until it passes.
    const timer = setTimeout(() => child.kill(), timeoutMs);
    const finish = (run) => {
      clearTimeout(timer);
      resolve(run);
    };
    let output = "";
    const keep = (text) => {
      output += text;
    };
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    child.on("error", (error) => finish({ ok: false, output: error.message }));
    child.on("close", (code) => finish({ ok: code === 0, output }));
  });
}

/** Runs JavaScript in a child of this Node, where a native part that crashes cannot take the set-up with it. */
export function runNode(source, args = [], env = {}) {
  return runCommand(process.execPath, ["--no-node-snapshot", "-e", source, ...args], {
    env,
    timeoutMs: 60_000,
  });
}

/** Runs npm: the one that runs this script, else the one in the PATH. */
export function runNpm(args, { cwd, env = {} }) {
  const options = { cwd, env: { npm_config_update_notifier: "false", ...env } };
  const own = process.env.npm_execpath;
  if (own?.endsWith("npm-cli.js")) return runCommand(process.execPath, [own, ...args], options);
  return runCommand("npm", args, options);
}
