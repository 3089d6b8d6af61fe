import { type Static, Type } from "@sinclair/typebox";
import { EVENTS } from "./events.js";

const Text = Type.String({ maxLength: 4096 });
const Count = Type.Integer({ minimum: 0 });

/** What a run that predicts may say; a program that is run again for it tells its usual story besides. */
export const PREDICTION_EVENTS = {
  ...EVENTS,
  /** The file cannot be loaded without the program that made it. */
  unloadable: Type.Object({ ev: Type.Literal("unloadable"), message: Text }),
  /** The program's own function cannot prepare the images. */
  unprepared: Type.Object({ ev: Type.Literal("unprepared"), message: Text }),
  /** The range of the images as they were given to the model. */
  prepared: Type.Object({
    ev: Type.Literal("prepared"),
    channels: Type.Array(Type.Object({ min: Type.Number(), max: Type.Number() }), { maxItems: 4 }),
  }),
  /** So many images are predicted. */
  predicting: Type.Object({ ev: Type.Literal("predicting"), done: Count }),
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
