import { templates } from "./generated/assets.ts";
import { runtime } from "./handlebars.ts";
import { plain } from "./text.ts";

type Precompiled = Parameters<typeof runtime.template>[0];
const environment = runtime.create();
for (const [name, spec] of Object.entries(templates))
  environment.registerPartial(name, environment.template(spec as Precompiled));

const page = environment.template(templates["page"] as Precompiled);

/**
 * Fills the page. Every text of the model is made plain on its way in, whoever wrote it, and cut at `longest`
 * characters; markup of ours passes. Throws when a field that a template names is missing.
 */
export const fill = (model: object, longest: number): string => page(plainly(model, longest));

function plainly(value: unknown, longest: number): unknown {
  if (typeof value === "string") return plain(value, longest);
  if (value instanceof runtime.SafeString || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => plainly(one, longest));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainly(one, longest)]));
}
