import type { JailFile, JailJob } from "./job.js";

export type Translate = (text: string) => string;

/** Puts the folder of a run before every path of the jail in an argument, a variable or a description of a job. */
export function pathTranslator({ files, binds }: JailJob, root: string): Translate {
  const tops = new Set([...files, ...binds].map(({ target }) => target.split("/")[1] ?? ""));
  const names = [...tops, "work", "tmp"].map((name) => name.replace(/\W/g, "\\$&"));
  const jailPath = new RegExp(`(^|[=:,"'\\s])(?=/(?:${names.join("|")})(?:$|[/=:,"'\\s]))`, "g");
  return (text) => text.replace(jailPath, (before) => before + root);
}

/** Staged JSON files that the command names: they are arguments too, only longer ones. */
export function argumentFiles({ command, files }: JailJob): JailFile[] {
  return files.filter(({ target }) => target.endsWith(".json") && command.includes(target));
}
