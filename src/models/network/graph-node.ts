import type { Json, Shape } from "../../contract/index.js";
import { isObject, type JsonObject, listAt, objectAt, stringAt, valueAt } from "../json-access.js";
import { unreadable } from "../model-problem.js";
import { graphAttributes, graphShape } from "./graph-attributes.js";

/** An operation of a TensorFlow graph. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: JsonObject;
  readonly shape: Shape | null;
}

const PASSING = new Set(["Identity", "StopGradient", "NoOp"]);

/** Whether a node only passes on what it reads. */
export const isPassing = ({ op }: GraphNode): boolean => PASSING.has(op);

/** @throws ModelProblem `model-unreadable` for a node without a name */
export function readGraphNode(value: Json, file: string): GraphNode {
  const name = isObject(value) ? stringAt(value, "name") : null;
  const op = isObject(value) ? stringAt(value, "op") : null;
  if (!isObject(value) || name === null || op === null)
    throw unreadable(file, "one of its operations has no name");
  // "^name" only orders, ":1" picks an output.
  const inputs = listAt(value, "input").flatMap((input) =>
    typeof input === "string" && !input.startsWith("^") ? [input.replace(/:\d+$/, "")] : [],
  );
  const attributes = objectAt(value, "attr");
  return {
    name,
    op,
    inputs,
    attributes: graphAttributes(attributes),
    shape: graphShape(valueAt(attributes, "shape")),
  };
}

/**
 * Every node after what it reads.
 * @throws ModelProblem `model-unreadable` for a circle
 */
export function inOrder(
  nodes: readonly GraphNode[],
  byName: ReadonlyMap<string, GraphNode>,
  file: string,
): GraphNode[] {
  const done = new Set<string>();
  // Nodes whose inputs are being put in order, and which input is next.
  const open = new Map<string, number>();
  const ordered: GraphNode[] = [];
  for (const root of nodes) {
    const stack: GraphNode[] = [root];
    for (let node = stack.at(-1); node; node = stack.at(-1)) {
      const at = open.get(node.name) ?? 0;
      const input = node.inputs[at];
      if (done.has(node.name)) stack.pop();
      else if (input === undefined) {
        done.add(node.name);
        ordered.push(node);
        stack.pop();
      } else {
        open.set(node.name, at + 1);
        const next = done.has(input) ? undefined : byName.get(input);
        if (next && open.has(input)) throw unreadable(file, `the operation \`${input}\` reads itself`);
        if (next) stack.push(next);
      }
    }
  }
  return ordered;
}

/** The constant that a name stands for, through nodes that only pass it on. */
export function constantBehind(name: string, byName: ReadonlyMap<string, GraphNode>): string {
  let at = byName.get(name);
  for (let steps = 0; at && isPassing(at) && steps < 16; steps++) at = byName.get(at.inputs[0] ?? "");
  return at?.name ?? name;
}
