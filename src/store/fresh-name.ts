import { join } from "node:path";
import { FrostlineFault } from "../contract/index.js";
import { isName, namesOn, type Shelf, type StorePlaces } from "./shelf.js";

/**
 * The name an entry will have: the one asked for, else one made from its source.
 * @throws FrostlineFault `option-invalid` for a name that cannot be, `-invalid` of the shelf for one that is taken
 */
export async function freshName(
  places: StorePlaces,
  shelf: Shelf,
  asked: string | undefined,
  fromSource: string,
): Promise<string> {
  const name =
    asked ??
    fromSource
      .toLowerCase()
      .replaceAll(/[^a-z0-9._-]+/g, "-")
      .replace(/^[^a-z0-9]+/, "");
  if (!isName(name))
    throw new FrostlineFault("option-invalid", {
      option: "The name",
      found: `\`${asked ?? fromSource}\``,
      expected: "Lower-case letters, digits, `.`, `_` and `-`, first a letter or digit",
      hint: "Choose one with `--name`.",
    });
  if ((await namesOn(places, shelf)).includes(name))
    throw new FrostlineFault(shelf.invalid, {
      name,
      why: "the store already holds one of this name",
      expected: "A name that is free, since results refer to what is there",
      hint: `Choose another with \`--name\`, or remove ${join(places.added, shelf.folder, name)} first if it is yours.`,
    });
  return name;
}
