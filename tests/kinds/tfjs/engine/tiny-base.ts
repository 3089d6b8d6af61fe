import { baseFolder, type EngineRun, runEngine } from "./run-engine.js";

/** Published address of the tiny base of these tests. */
export const ADDRESS = "https://models.example/tfjs/tinynet_16/model.json";

/** Makes the tiny base by a run of its own program; `remove` deletes its folder. */
export async function makeTinyBase(): Promise<ReturnType<typeof baseFolder>> {
  const run: EngineRun = await runEngine({ program: "make-base.js" });
  return baseFolder(run, ADDRESS);
}
