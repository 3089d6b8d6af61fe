import type Handlebars from "handlebars";
import runtime from "handlebars/runtime.js";
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH, TEMPLATES } from "./compiled-templates.js";
import { renderProse } from "./render-prose.js";

/** The runtime has the whole package's types but no declaration of its own. */
const handlebars = runtime as unknown as typeof Handlebars;

const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** Parts that depend on their own view alone and that two pages of a submission mostly have in common. */
const SHARED = new Set(["student-body", "network", "item", "accuracy"]);

type Template = (view: object, options?: object) => string;

/** The same view gives the same text, so it is rendered once. */
function rememberText(template: Template): Template {
  const texts = new WeakMap<object, string>();
  return (view, options) => {
    const text = texts.get(view) ?? template(view, options);
    texts.set(view, text);
    return text;
  };
}

/** Renders a template by name with its view into a whole page. */
export type PageRenderer = (template: string, title: string, view: object) => string;

/** Prepares the compiled templates once for any number of pages. */
export function pageRenderer(): PageRenderer {
  const engine = handlebars.create();
  engine.registerHelper(
    "prose",
    (text: string) => new engine.SafeString(renderProse(text, engine.escapeExpression)),
  );
  const partials = Object.fromEntries(
    Object.entries(TEMPLATES).map(([name, compiled]) => [name, engine.template(compiled)]),
  );
  for (const [name, template] of Object.entries(partials))
    engine.registerPartial(name, SHARED.has(name) ? rememberText(template) : template);
  const render = (name: string, view: object): string => {
    const template = partials[name];
    if (!template)
      throw new Error(`There is no template \`${name}\`; the templates beside the code were not compiled.`);
    return template(view);
  };
  return (name, title, view) =>
    `${render("shell", { csp: POLICY, title, style: STYLE, script: SCRIPT, body: render(name, view) })}\n`;
}
