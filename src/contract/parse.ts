import type { Static, TSchema } from "@sinclair/typebox";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { AHEAD_OF_TIME } from "./ahead-of-time.js";
import { FrostlineFault } from "./fault.js";
import { FILLERS } from "./fillers.js";
import { nearest } from "./nearest.js";
import { VALIDATORS } from "./validators.js";

// The schemas are ours, so neither they nor the speed of the compiled code need ajv's extra passes.
const settings = {
  allErrors: false,
  strict: false,
  verbose: true,
  validateSchema: false,
  code: { optimize: false },
} as const;
/** What fits by one of these is right; ajv's own are asked only for the words on what does not. */
const quick = new Map<TSchema | undefined, (value: unknown) => boolean>(
  Object.entries(VALIDATORS).map(([name, fits]) => [AHEAD_OF_TIME[name], fits]),
);
const compilers = new Map<boolean, Ajv>();
const compiled = new WeakMap<TSchema, ValidateFunction>();
const compiledWithDefaults = new WeakMap<TSchema, ValidateFunction>();

function validator(schema: TSchema, defaults: boolean): ValidateFunction {
  const cache = defaults ? compiledWithDefaults : compiled;
  const known = cache.get(schema);
  if (known) return known;
  const made = compiler(defaults).compile(schema);
  cache.set(schema, made);
  return made;
}

/** Made when first needed, for most commands need none. */
function compiler(defaults: boolean): Ajv {
  const made = compilers.get(defaults) ?? new Ajv({ ...settings, useDefaults: defaults });
  compilers.set(defaults, made);
  return made;
}

/**
 * The value, proven to have the schema's shape. With `defaults`, missing properties are filled in a copy.
 * @throws FrostlineFault `json-invalid` naming `file`, the path inside it, what was found and the nearest valid name.
 */
export function parse<T extends TSchema>(
  schema: T,
  value: unknown,
  file: string,
  options: { defaults?: boolean } = {},
): Static<T> {
  const subject: unknown = options.defaults ? structuredClone(value) : value;
  const fits = options.defaults ? FILLERS[JSON.stringify(schema)] : quick.get(schema);
  if (fits?.(subject)) return subject as Static<T>;
  const validate = validator(schema, options.defaults ?? false);
  if (validate(subject)) return subject as Static<T>;
  throw new FrostlineFault("json-invalid", { file, ...explain(deepest(validate.errors as Refusals)) });
}

/**
 * JSON text to a validated value.
 * @throws FrostlineFault `json-unreadable` for text that is not JSON, `json-invalid` as `parse` does.
 */
export function parseJson<T extends TSchema>(
  schema: T,
  text: string,
  file: string,
  options: { defaults?: boolean } = {},
): Static<T> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FrostlineFault("json-unreadable", { file, why: String((error as Error).message) }, error);
  }
  return parse(schema, value, file, options);
}

/** What ajv says of a value that does not fit: at least one thing. */
type Refusals = [ErrorObject, ...ErrorObject[]];

/** In a union every branch complains; the complaint that got furthest into the value is the useful one. */
function deepest([first, ...others]: Refusals): ErrorObject {
  return others.reduce(
    (best, error) => (error.instancePath.length > best.instancePath.length ? error : best),
    first,
  );
}

function explain(error: ErrorObject): {
  path: string;
  found: string;
  expected: string;
  hint: string;
} {
  const path = error.instancePath === "" ? "/" : error.instancePath;
  if (error.keyword === "additionalProperties") {
    const name = String(error.params["additionalProperty"]);
    const known = fieldsOf(error);
    const near = nearest(name, known);
    return {
      path,
      found: `unknown field \`${name}\``,
      expected: `One of ${known.join(", ")}`,
      hint: near ? `Did you mean \`${near}\`?` : "Remove the field.",
    };
  }
  if (error.keyword === "required") {
    const name = String(error.params["missingProperty"]);
    const near = nearest(name, unknownFields(error));
    return {
      path,
      found: `\`${name}\` is missing`,
      expected: `A field \`${name}\``,
      hint: near ? `Rename \`${near}\` to \`${name}\`.` : `Add \`${name}\`.`,
    };
  }
  if (error.keyword === "enum") {
    const known = (error.params["allowedValues"] as unknown[]).map(String);
    const near = nearest(String(error.data), known);
    return {
      path,
      found: shown(error.data),
      expected: `One of ${known.join(", ")}`,
      hint: near ? `Did you mean \`${near}\`?` : "Choose one of these.",
    };
  }
  return { path, found: shown(error.data), expected: expectation(error), hint: "Correct the value." };
}

/** The fields that the schema which refused knows by name. */
const fieldsOf = ({ parentSchema }: ErrorObject): string[] =>
  Object.keys((parentSchema as { properties?: object }).properties ?? {});

function unknownFields(error: ErrorObject): string[] {
  const known = fieldsOf(error);
  return Object.keys(error.data as object).filter((name) => !known.includes(name));
}

function expectation(error: ErrorObject): string {
  const words = error.parentSchema?.["description"];
  if (error.keyword === "pattern" && typeof words === "string") return words.replace(/\.$/, "");
  const allowed = error.params["allowedValue"];
  if (allowed !== undefined) return `A value that is ${JSON.stringify(allowed)}`;
  return `A value that ${error.message}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
