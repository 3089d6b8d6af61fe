import { Type } from "@sinclair/typebox";
import {
  type Artifact,
  absent,
  FrostlineFault,
  failed,
  fault,
  found,
  parse,
  Sha256,
} from "../contract/index.js";
import { jailLimits } from "../sandbox/index.js";
import type { PicturePrint } from "./pictures/picture-print.js";
import { type JailContext, runEngine } from "./run-engine.js";
import { JOB_FOLDER } from "./staged-models.js";

const MEBIBYTE = 1024 * 1024;
const Prints = Type.Array(Type.Union([Type.Object({ pixels: Sha256, shape: Sha256 }), Type.Null()]));

/**
 * What identifies each picture, exactly and roughly; null for bytes that are no PNG or JPEG. They are decoded in a
 * jail, because they may be a student's.
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export async function picturePrints(
  context: JailContext,
  pictures: readonly Uint8Array[],
): Promise<Artifact<(PicturePrint | null)[]>> {
  let tooMuch: string | null = null;
  const answer = await runEngine(context, {
    engine: "picture-prints",
    job: { pictures: pictures.length },
    files: pictures.map((bytes, index) => ({ target: `${JOB_FOLDER}/picture-${index}`, bytes })),
    limits: jailLimits({
      wallMs: 300_000,
      cpuSeconds: 60 + pictures.length,
      memoryMb: 1536,
      dataMb: 4096,
      resultBytes: 64 * MEBIBYTE,
    }),
    backends: false,
    overLimit: (why) => {
      tooMuch = why;
      return fault("prediction-failed", { why });
    },
  });
  if (tooMuch !== null)
    return absent(`The pictures could not be compared: reading them is too much, ${tooMuch}.`);
  if ("code" in answer) return failed(answer);
  try {
    const { prints } = answer.header as { prints?: unknown };
    const list = parse(Prints, prints, "the answer of picture-prints");
    if (list.length === pictures.length) return found(list, "parsed");
  } catch (error) {
    if (!(error instanceof FrostlineFault)) throw error;
  }
  return failed(fault("internal", { message: "picture-prints answered with something else than prints" }));
}
