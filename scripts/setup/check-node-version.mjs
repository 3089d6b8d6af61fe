import { SetupFault } from "./setup-fault.mjs";

/** Refuses a Node that is too old for the packages, before they fail in less clear ways. */
export function checkNodeVersion(_root, say) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new SetupFault(
      `this is Node ${process.versions.node}, and Frostline needs 20.19 or later`,
      "Install Node 22, 24 or 26, then run `npm run setup` again.",
    );
  say(`${process.versions.node}`);
}
