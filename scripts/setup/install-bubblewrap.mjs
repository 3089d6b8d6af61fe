import { runCommand } from "./run-command.mjs";

const INSTALLERS = [
  ["apt-get", "install", "-y", "bubblewrap"],
  ["dnf", "install", "-y", "bubblewrap"],
  ["yum", "install", "-y", "bubblewrap"],
  ["zypper", "--non-interactive", "install", "bubblewrap"],
  ["pacman", "-S", "--noconfirm", "bubblewrap"],
  ["apk", "add", "bubblewrap"],
];

const EMPTY_JAIL = ["--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"];

/** Installs bubblewrap where that needs no password. Without it nothing of a student's is run, but the rest works. */
export async function installBubblewrap(_root, say) {
  if (process.platform !== "linux")
    return say(`not on ${process.platform}: students' programs can be graded on Linux only`);
  if (!(await isInstalled())) await install(say);
  if (!(await isInstalled())) return;
  const jail = await runCommand("bwrap", EMPTY_JAIL);
  if (jail.ok) return say("works");
  say(`is installed, but cannot start a jail: ${jail.output.trim().split("\n").at(-1)}`);
  say("`frostline doctor` says how this machine can allow it");
}

const isInstalled = async () => (await runCommand("bwrap", ["--version"])).ok;

async function install(say) {
  const installer = await firstInstalled(INSTALLERS);
  if (installer === undefined) return say("MISSING: install it with this system's package manager");
  const prefix = process.getuid() === 0 ? [] : ["sudo", "-n"];
  const line = installer.join(" ");
  const isAllowed = prefix.length === 0 || (await runCommand("sudo", ["-n", "true"])).ok;
  if (!isAllowed) return say(`MISSING: run \`sudo ${line}\`, then \`npm run setup\` again`);
  say(`installing with \`${[...prefix, ...installer].join(" ")}\``);
  const run = (...command) => {
    const [program, ...args] = [...prefix, ...command];
    return runCommand(program, args, { env: { DEBIAN_FRONTEND: "noninteractive" } });
  };
  // A machine that has never updated its package lists knows no package at all.
  if (installer[0] === "apt-get" && !(await run(...installer)).ok) await run("apt-get", "update");
  const outcome = await run(...installer);
  if (!outcome.ok) say(`MISSING: \`${line}\` failed: ${outcome.output.trim().split("\n").at(-1)}`);
}

async function firstInstalled(installers) {
  for (const installer of installers)
    if ((await runCommand(installer[0], ["--version"])).ok) return installer;
}
