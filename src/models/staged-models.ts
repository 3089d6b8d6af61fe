import type { SavedModel } from "../contract/index.js";

/** Where a job's files stand in the jail. */
export const JOB_FOLDER = "/job";

/** A saved model as staged: its files by number, because their names are the student's. */
export interface StagedModel {
  main: string;
  files: { name: string; staged: string }[];
}

export interface StagedFile {
  readonly target: string;
  readonly bytes: Uint8Array;
}

/** The files of saved models under numbers, and how to find them again. */
export function stageModels(models: readonly SavedModel[]): { staged: StagedModel[]; files: StagedFile[] } {
  const files: StagedFile[] = [];
  const staged = models.map(({ main, files: named }) => ({
    main,
    files: [...named].map(([name, bytes]) => {
      const number = `model-${files.length}`;
      files.push({ target: `${JOB_FOLDER}/${number}`, bytes });
      return { name, staged: number };
    }),
  }));
  return { staged, files };
}

/** Takes a staged model up again. `read` gives the bytes of a staged file by its number. */
export function unstageModel(staged: StagedModel, read: (name: string) => Uint8Array): SavedModel {
  return {
    main: staged.main,
    files: new Map(staged.files.map(({ name, staged: number }) => [name, read(number)])),
  };
}
