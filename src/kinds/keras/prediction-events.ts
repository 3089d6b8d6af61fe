import { type Static, Type } from "@sinclair/typebox";
import { EVENTS } from "./events.js";

const Text = Type.String({ maxLength: 4096 });
const Count = Type.Integer({ minimum: 0 });

/** What a run that predicts may say; a program that is run again for it tells its usual story besides. */
export const PREDICTION_EVENTS = {
  ...EVENTS,
  /** The file cannot be loaded without the program that made it. */
  unloadable: Type.Object({ ev: Type.Literal("unloadable"), message: Text }),
  predictionFailed: Type.Object({ ev: Type.Literal("predictionFailed"), message: Text }),
  predictions: Type.Object({ ev: Type.Literal("predictions"), rows: Count, outputs: Count }),
  file: Type.Object({
    ev: Type.Literal("file"),
    role: Type.Literal("predictions"),
    path: Type.Literal("values.f32"),
    bytes: Count,
  }),
};

export type PredictionEvent = {
  [E in keyof typeof PREDICTION_EVENTS]: Static<(typeof PREDICTION_EVENTS)[E]>;
}[keyof typeof PREDICTION_EVENTS];
