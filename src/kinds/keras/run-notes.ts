import type { KerasChoice } from "./choose-keras.js";
import type { EventOf, RunnerEvent } from "./events.js";

/** What the report says about the run besides its figures: which Keras, what was replaced, traps, limits. */
export function runNotes(
  events: readonly RunnerEvent[],
  choice: KerasChoice,
  program: { notes: readonly string[]; source: string },
): string[] {
  const name = choice.version === 3 ? "Keras 3" : "tf.keras 2";
  const found = events.flatMap((event) => noteOf(event) ?? []);
  const traps = choice.version === 3 ? statisticsNote(events, program.source) : [];
  return [
    ...new Set([
      `Run under ${name}: ${choice.why}.`,
      ...program.notes,
      ...found,
      ...traps,
      ...modelsNote(events),
    ]),
  ];
}

function noteOf(event: RunnerEvent): string | null {
  switch (event.ev) {
    case "standIn":
      return `The weights ${event.file} are not in the store; random ones were used in their place.`;
    case "standInModule":
      return `\`${event.module}\` is not installed here; it was replaced by one that does nothing.`;
    case "flagWithoutEffect":
      return trapNote(event.layer, event.value, event.inside);
    case "forkedTensorFlow":
      return "The program started a copy of its process (`os.fork`, `multiprocessing`, `use_multiprocessing=True`) after TensorFlow had computed something; in such a copy TensorFlow hangs. Start it before, or use threads.";
    case "oldRate":
      return "tf.keras 2 ignores `lr=` and refuses `decay=`; here they have their old meaning.";
    case "secondChance":
      return `The program trains nothing by itself, because ${event.why}; Frostline called it.`;
    case "featuresOnce":
      return `Fit ${event.fit + 1}: what the frozen layers make of each image was computed once, not in every epoch. It trains the same, up to rounding.`;
    case "fitEnd":
      return event.stopped === null || event.stopped === "structure"
        ? null
        : `Fit ${event.fit + 1} was stopped by the limit of ${event.stopped}.`;
    case "loopStopped":
      return loopNote(event);
    case "wentOn":
      return event.line === null
        ? `Nothing in ${event.file} follows the statement that the loop is in.`
        : `After the loop the program went on at ${event.file}, line ${event.line}.`;
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

function loopNote({ stopped, steps, file, line }: EventOf<"loopStopped">): string {
  const loop = `The training loop at ${file ?? "the program"}, line ${line ?? "unknown"}`;
  return stopped === "structure"
    ? `${loop} was tried on one batch and left.`
    : `${loop} was stopped by the limit of ${stopped}, after ${steps} steps.`;
}

function trapNote(layer: string, value: boolean, inside: number): string {
  const written = value ? "True" : "False";
  return `Keras 3 ignores \`trainable = ${written}\` on \`${layer}\`, whose own flag is ${written} already: ${inside} layers inside it kept the other value. Set the flag on each layer, or set it to ${value ? "False" : "True"} first.`;
}

/** A base called with `training=False` whose statistics moved all the same. */
function statisticsNote(events: readonly RunnerEvent[], source: string): string[] {
  if (!/\btraining\s*=\s*False/.test(source.replace(/#.*$/gm, ""))) return [];
  const moved = new Set(
    events.flatMap((event) => (event.ev === "fitEnd" ? Object.keys(event.digests) : [])).filter(isStatistic),
  );
  if (moved.size === 0) return [];
  return [
    `Keras 3 ignores \`training=False\` on a base inside \`fit\`: ${moved.size} moving statistics of BatchNormalization changed. Only layers with \`trainable = False\` keep theirs.`,
  ];
}

/** Which model counts, where several were saved, or several were fitted and none was saved. */
function modelsNote(events: readonly RunnerEvent[]): string[] {
  const graded = events.find((event) => event.ev === "model");
  const saves = events.filter((event): event is EventOf<"save"> => event.ev === "save");
  if (graded?.ev === "model" && new Set(saves.map(({ model }) => model.id)).size > 1) {
    const taken = saves.findLast(({ model }) => model.id === graded.model.id);
    const files = [...new Set(saves.map(({ path }) => `\`${path}\``))].slice(0, 10).join(", ");
    return [
      `Several models were saved: ${files}. What is graded is ${taken ? `\`${taken.path}\`` : "the one trained last"}.`,
    ];
  }
  const fitted = new Map(
    events.flatMap((event) =>
      event.ev === "fitStart" && !event.inputsFrom ? [[event.model.id, event.model.name] as const] : [],
    ),
  );
  if (fitted.size < 2 || events.some(({ ev }) => ev === "save" || ev === "checkpoint")) return [];
  const names = [...fitted.values()].map((name) => `\`${name}\``).join(", ");
  return [
    `Several models were fitted and none was saved: ${names}. The one fitted last is graded; save the one you hand in.`,
  ];
}

const isStatistic = (path: string): boolean => /moving_(?:mean|variance)$/.test(path);
