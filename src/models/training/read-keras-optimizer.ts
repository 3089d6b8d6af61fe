import type { Json } from "../../contract/index.js";
import { classNameOf, isObject, type JsonObject, numberAt, objectAt, valueAt } from "../json-access.js";
import type { StoredOptimizer } from "../parsed-model.js";
import type { StoredTensor } from "../weights/stored-tensor.js";
import { scheduledRate } from "./scheduled-rate.js";

const KNOWN = [
  "Adam",
  "AdamW",
  "Adamax",
  "Adafactor",
  "Nadam",
  "SGD",
  "RMSprop",
  "Adagrad",
  "Adadelta",
  "Ftrl",
  "Lion",
];
/** Classes by the names that Keras gives to their objects: `adam`, then `adam_1`. */
const CLASSES = new Map(KNOWN.map((name) => [name.toLowerCase(), name]));

/**
 * A Keras optimizer from its settings and its variables: the steps, the learning rate unless a schedule makes it, and
 * then the slots.
 * @param variables in the order of the file; null when they were not saved
 * @param ownName as the variables' group says it, for files that keep the variables but not the settings
 */
export function readKerasOptimizer(
  settings: Json,
  variables: readonly StoredTensor[] | null,
  ownName: string | null = null,
): StoredOptimizer | null {
  const name = classNameOf(settings) ?? (ownName && (CLASSES.get(ownName.replace(/_\d+$/, "")) ?? ownName));
  if (name === null) return null;
  const config = isObject(settings) ? objectAt(settings, "config") : {};
  // Mixed precision wraps the optimizer that does the work.
  const inner = valueAt(config, "inner_optimizer");
  if (isObject(inner)) return readKerasOptimizer(inner, variables, ownName);
  const rate = valueAt(config, "learning_rate") ?? valueAt(config, "lr");
  const scalars = variables?.filter(({ shape }) => shape.length === 0) ?? [];
  const steps = scalars.find(({ dtype }) => dtype.includes("int"));
  const stored = scalars.find(({ dtype, name: own }) => dtype.startsWith("float") && isRate(own, config));
  const iterations = steps?.values()[0] ?? null;
  return {
    class: name.replace(/^.*>/, ""),
    learningRate: isObject(rate) ? scheduledRate(rate, iterations) : (stored?.values()[0] ?? numberOf(rate)),
    schedule: isObject(rate) ? classNameOf(rate) : null,
    iterations,
    slots: variables?.filter(({ shape }) => shape.length > 0).map(slotOf) ?? null,
  };
}

const numberOf = (value: Json): number | null => numberAt({ value }, "value");

/** The second variable of Keras's own layout, or one that is called so; a schedule has none. */
const isRate = (name: string, config: JsonObject): boolean =>
  (/(^|\/)1$/.test(name) && !isObject(valueAt(config, "learning_rate"))) ||
  /learning_rate(:\d+)?$/.test(name);

const SLOT_ENDING =
  /[/_](m|v|vhat|momentum|velocity|velocity_hat|momentums|velocities|accumulator|rms|mg|u|norm|average_gradient|accumulated_grad|accumulated_delta_var|accum_grad|accum_var|linear)$/;
const SLOT_IN_FRONT = /^(m|v|vhat|momentum|velocity|rms|accumulator|v_hat)\//;

/** Where slots are named, the name is that of the weight between the optimizer's name and the slot's. */
function slotOf({ name, shape }: StoredTensor): { weight: string | null; shape: readonly number[] } {
  const plain = name.replace(/:\d+$/, "");
  const [, own] = /^[^/]*\/(.*)$/.exec(plain) ?? [];
  if (own === undefined || /^\d+$/.test(own)) return { weight: null, shape };
  return { weight: own.replace(SLOT_IN_FRONT, "").replace(SLOT_ENDING, ""), shape };
}
