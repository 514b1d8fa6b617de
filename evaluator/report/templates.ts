import { templates } from "./generated/assets.ts";
import { runtime } from "./handlebars.ts";

type Precompiled = Parameters<typeof runtime.template>[0];
const environment = runtime.create();
for (const [name, spec] of Object.entries(templates))
  environment.registerPartial(name, environment.template(spec as Precompiled));

const page = environment.template(templates["page"] as Precompiled);

/** Fills the page. Throws when a field that a template names is missing. */
export const fill = (model: object): string => page(model);
