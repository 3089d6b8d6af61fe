/** Names under which programs keep what they do to images before their model. */
const NAME = /^def (preprocess(?:_(?:data|images?|inputs?|pixels))?)\s*\(/gm;

/** The function of the program that prepares images for its model; the last, where there are several; else null. */
export function ownPreparation(source: string): string | null {
  return [...source.matchAll(NAME)].at(-1)?.[1] ?? null;
}
