import type { Table } from "./block.ts";
import { templates } from "./generated/assets.ts";
import { runtime } from "./handlebars.ts";
import { plain } from "./text.ts";

type Precompiled = Parameters<typeof runtime.template>[0];
const environment = runtime.create();
for (const [name, spec] of Object.entries(templates))
  environment.registerPartial(name, environment.template(spec as Precompiled));

const page = environment.template(templates["page"] as Precompiled);

/** How much of a model reaches the page. */
export interface Limits {
  /** Characters of a text. */
  readonly text: number;
  /** Rows of a table. */
  readonly rows: number;
}
/**
 * Fills the page. Every text of the model is made plain on its way in, whoever wrote it, and cut to the limits, as
 * tables are; markup of ours passes. Throws when a field that a template names is missing.
 */
export const fill = (model: object, limits: Limits): string => page(limited(model, limits));

function limited(value: unknown, limits: Limits): unknown {
  if (typeof value === "string") return plain(value, limits.text);
  if (value instanceof runtime.SafeString || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => limited(one, limits));
  const pairs = Object.entries("rows" in value ? cut(value as Pick<Table, "caption" | "rows">, limits) : value);
  return Object.fromEntries(pairs.map(([key, one]) => [key, limited(one, limits)]));
}

/** The first rows of a table, whose caption says so. */
function cut(table: Pick<Table, "caption" | "rows">, { text, rows: most }: Limits): object {
  const { rows, caption } = table;
  if (rows.length <= most) return table;
  return {
    ...table,
    rows: rows.slice(0, most),
    caption: `The first ${most} of ${rows.length}: ${plain(caption, text)}`,
  };
}
