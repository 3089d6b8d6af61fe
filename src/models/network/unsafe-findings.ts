import type { Finding, Json } from "../../contract/index.js";
import { isObject, stringAt } from "../json-access.js";

/** Objects that run code or read files when a framework makes them from a configuration. */
const UNSAFE: ReadonlyMap<string, string> = new Map([
  ["Lambda", "runs code that is stored in the file"],
  ["__lambda__", "is code that is stored in the file"],
  ["TFSMLayer", "loads a program from a folder"],
  ["TorchModuleWrapper", "unpacks Python objects"],
  ["FlaxLayer", "unpacks Python objects"],
  ["JaxLayer", "unpacks Python objects"],
]);

/** What Keras would execute if it loaded this configuration, wherever it stands. Nothing of it is executed here. */
export function unsafeFindings(config: Json, layer = ""): Finding[] {
  if (Array.isArray(config)) return config.flatMap((item) => unsafeFindings(item, layer));
  if (!isObject(config)) return [];
  const name = stringAt(config, "class_name");
  const inner = config["config"];
  const own = (isObject(inner) ? stringAt(inner, "name") : null) ?? stringAt(config, "name") ?? layer;
  const danger = name === null ? undefined : UNSAFE.get(name);
  const found = danger ? [{ code: "unsafe-object", layer: own, detail: `${name} ${danger}.` }] : [];
  return [...found, ...Object.values(config).flatMap((value) => unsafeFindings(value, own))];
}
