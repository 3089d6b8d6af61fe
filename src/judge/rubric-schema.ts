import { type Grader, Rubric, RubricItem } from "../contract/index.js";

/**
 * The JSON schema of a rubric that names these graders, for editors that complete and check as one types. Options
 * are those of the grader the item names.
 */
export function rubricSchema(graders: readonly Grader[]): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Frostline rubric",
    ...Rubric,
    properties: {
      ...Rubric.properties,
      items: { ...Rubric.properties.items, items: { anyOf: graders.map(itemSchema) } },
    },
  };
}

function itemSchema({ id, title, why, options }: Grader): object {
  const { required: _, ...optional } = options;
  return {
    title,
    description: why,
    ...RubricItem,
    properties: { ...RubricItem.properties, grader: { const: id }, options: optional },
  };
}
