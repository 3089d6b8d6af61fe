import type { LayersFile } from "./layers-file.js";

type Settings = Readonly<Record<string, unknown>>;

/** The file with the settings of each layer changed, however deep it stands. */
export function editLayers(file: LayersFile, edit: (settings: Settings) => Settings): LayersFile {
  const { modelTopology } = file.description;
  return { ...file, description: { ...file.description, modelTopology: edited(modelTopology, edit) } };
}

function edited<T>(value: T, edit: (settings: Settings) => Settings): T;
function edited(value: unknown, edit: (settings: Settings) => Settings): unknown {
  if (Array.isArray(value)) return value.map((one) => edited(one, edit));
  if (!isObject(value)) return value;
  const parts = Object.entries(value).map(([key, one]) => {
    const inner = edited(one, edit);
    return [key, key === "config" && isObject(inner) ? edit(inner) : inner] as const;
  });
  return Object.fromEntries(parts);
}

const isObject = (value: unknown): value is Settings =>
  typeof value === "object" && value !== null && !Array.isArray(value);
