import { type Static, Type } from "@sinclair/typebox";

/** What one submission may use; a rubric may set each. */
export const Limits = Type.Object({
  seconds: Type.Number({
    default: 120,
    exclusiveMinimum: 0,
    maximum: 86400,
    description: "Time of the program, without what others on the machine keep it waiting for a processor.",
  }),
  memoryMb: Type.Integer({
    default: 3072,
    minimum: 256,
    maximum: 65536,
    description: "Memory of all its processes.",
  }),
  outputKb: Type.Integer({ default: 256, minimum: 1, maximum: 65536, description: "What it may print." }),
  modelMb: Type.Integer({ default: 512, minimum: 1, maximum: 4096, description: "Size of its saved model." }),
  submissionMb: Type.Integer({
    default: 256,
    minimum: 1,
    maximum: 4096,
    description: "Size of what is handed in.",
  }),
  files: Type.Integer({
    default: 500,
    minimum: 1,
    maximum: 100000,
    description: "Number of files handed in.",
  }),
});
export type Limits = Static<typeof Limits>;
