import type { Network } from "../../contract/index.js";

export interface NetworkThumbnail {
  words: string;
  /** SVG path data in a box of 100 by 12, one path a colour. */
  ice: string;
  ember: string;
  line: number | null;
}

/** The network on its side, input left and prediction right, one step a group. */
export function networkThumbnail({ groups, frostLine }: Network): NetworkThumbnail {
  const step = 100 / Math.max(1, groups.length);
  const round = (value: number): number => Math.round(value * 10) / 10;
  const draw = (wanted: (index: number) => boolean): string =>
    runs(groups.length, wanted)
      .map(
        ([from, to]) =>
          `M${round(from * step)} 2h${round((to - from) * step)}v8h-${round((to - from) * step)}z`,
      )
      .join("");
  const states = groups.map(({ state }) => state);
  const trained = states.filter((state) => state === "trained" || state === "mixed").length;
  return {
    words: frostLine?.proof ?? `No frost line: ${trained} of ${groups.length} layer groups trained`,
    ice: draw((index) => states[index] === "frozen"),
    ember: draw((index) => states[index] === "trained" || states[index] === "mixed"),
    line: frostLine ? round(frostLine.after * step) : null,
  };
}

/** Half-open ranges of neighbouring indexes that are wanted. */
function runs(length: number, wanted: (index: number) => boolean): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (let index = 0; index < length; index += 1) {
    if (!wanted(index)) continue;
    const last = found.at(-1);
    if (last && last[1] === index) last[1] = index + 1;
    else found.push([index, index + 1]);
  }
  return found;
}
