import type Handlebars from "handlebars";
import * as loaded from "handlebars/runtime.js";

/** The part of Handlebars that renders; it cannot compile. Its own types describe another path. */
export const runtime = (loaded as unknown as { readonly default: typeof Handlebars }).default;
