import type { KerasChoice } from "./choose-keras.js";
import type { RunnerEvent } from "./events.js";

/** What the report says about the run besides its figures: which Keras, what was replaced, traps, limits. */
export function runNotes(
  events: readonly RunnerEvent[],
  choice: KerasChoice,
  program: readonly string[],
): string[] {
  const name = choice.version === 3 ? "Keras 3" : "tf.keras 2";
  const found = events.flatMap((event) => noteOf(event) ?? []);
  return [...new Set([`Run under ${name}: ${choice.why}.`, ...program, ...found])];
}

function noteOf(event: RunnerEvent): string | null {
  switch (event.ev) {
    case "standIn":
      return `The weights ${event.file} are not in the store; random ones were used in their place.`;
    case "standInModule":
      return `\`${event.module}\` is not installed here; it was replaced by one that does nothing.`;
    case "flagWithoutEffect":
      return trapNote(event.layer, event.value, event.inside);
    case "oldRate":
      return "tf.keras 2 ignores `lr=` and refuses `decay=`; here they have their old meaning.";
    case "secondChance":
      return `The program trains nothing by itself, because ${event.why}; Frostline called it.`;
    case "fitEnd":
      return event.stopped === null || event.stopped === "structure"
        ? null
        : `Fit ${event.fit + 1} was stopped by the limit of ${event.stopped}.`;
    case "unsaved":
      return `Keras could not save the model \`${event.name}\` whole (${event.message.slice(0, 300)}); its weights were taken alone.`;
    case "silenced":
      return `${event.bytes} bytes of output were left out.`;
    case "exit":
      return event.code === 0 ? null : `The program ended itself with exit code ${event.code}.`;
    default:
      return null;
  }
}

function trapNote(layer: string, value: boolean, inside: number): string {
  const written = value ? "True" : "False";
  return `Keras 3 ignores \`trainable = ${written}\` on \`${layer}\`, whose own flag is ${written} already: ${inside} layers inside it kept the other value. Set the flag on each layer, or set it to ${value ? "False" : "True"} first.`;
}
