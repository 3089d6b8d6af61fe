const names = new Map<string, string>();
const MAX_NAMES = 100;

/** Names of the errors that the reports tell apart. */
export type ErrorName = "BaseNotOfferedError" | "ModuleNotAvailableError" | "TensorflowNeededError";

/** An error with a name that survives an unhandled rejection, of which isolated-vm hands on only text and stack. */
export function namedError(name: ErrorName, message: string): Error {
  if (names.size < MAX_NAMES) names.set(message, name);
  return Object.assign(new Error(message), { name });
}

/** The name of an error that `namedError` made with this message. */
export function errorNameOf(message: string): string | undefined {
  return names.get(message);
}
