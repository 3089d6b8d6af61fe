import { type TSchema, Type } from "@sinclair/typebox";
import { Fault } from "./fault.js";
import { Origin } from "./origin.js";

/** A piece of evidence: found with its origin, absent for a stated reason, or failed by a fault. */
export type Artifact<T> =
  | { state: "found"; value: T; origin: Origin }
  | { state: "absent"; why: string }
  | { state: "failed"; fault: Fault };

/** The JSON schema of an artifact whose value has the schema `value`. */
export const ArtifactOf = <T extends TSchema>(value: T) =>
  Type.Union([
    Type.Object({ state: Type.Literal("found"), value, origin: Origin }),
    Type.Object({ state: Type.Literal("absent"), why: Type.String() }),
    Type.Object({ state: Type.Literal("failed"), fault: Fault }),
  ]);

export const found = <T>(value: T, origin: Origin): Artifact<T> => ({ state: "found", value, origin });
export const absent = (why: string): Artifact<never> => ({ state: "absent", why });
export const failed = (fault: Fault): Artifact<never> => ({ state: "failed", fault });
