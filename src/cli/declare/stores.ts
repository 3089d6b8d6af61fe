import type { Command } from "commander";
import { exitWith } from "../exit.js";
import { STORE } from "./arguments.js";

/** `store ...` */
export function declareStores(frostline: Command): void {
  const store = frostline.command("store").description("data sets and pretrained bases");
  store
    .command("list")
    .description("list what is there")
    .addOption(STORE)
    .action(async (options) => {
      const { storeList } = await import("../commands/store.js");
      exitWith(await storeList(options));
    });
  store
    .command("add")
    .description("add a data set (folder per class, .npz) or a base (model.json)")
    .argument("<source>", "folder or file")
    .option("--name <name>", "name in the store")
    .option("--title <title>", "name in reports")
    .option("--seed <number>", "seed of the split", Number)
    .addOption(STORE)
    .action(async (source: string, options) => {
      const { storeAdd } = await import("../commands/store.js");
      exitWith(await storeAdd(source, options));
    });
  store
    .command("pull")
    .description("download the published weights of a network of keras.applications, and add them as a base")
    .argument("[name]", "a network such as vgg16, one of its variants, or the name of its weights file")
    .option("--list", "list what can be pulled")
    .option(
      "--from <address>",
      "folder that mirrors the files; their published hashes are checked all the same",
    )
    .addOption(STORE)
    .action(async (name: string | undefined, options) => {
      const { storePull } = await import("../commands/store.js");
      exitWith(await storePull(name, options));
    });
  store
    .command("verify")
    .description("compare every file with its recorded hash")
    .addOption(STORE)
    .action(async (options) => {
      const { storeVerify } = await import("../commands/store.js");
      exitWith(await storeVerify(options));
    });
}
