import type { IncomingMessage } from "node:http";
import type { Answer } from "./answer.ts";

/** A request with what its path holds in the places that the template names. */
export interface Call {
  readonly request: IncomingMessage;
  readonly places: Readonly<Record<string, string>>;
}

/** One kind of request and who answers it. */
export interface Route {
  readonly method: "GET" | "POST";
  /** A path; a part in braces, such as `{sku}`, stands for any text without a slash. */
  readonly template: string;
  answer(call: Call): Answer | Promise<Answer>;
}

/** The route of a request, and what its path holds; undefined when there is none. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly places: Call["places"] } | undefined {
  for (const route of routes) {
    const places = route.method === method ? placesIn(route.template, path) : undefined;
    if (places !== undefined) return { route, places };
  }
  return undefined;
}

function placesIn(template: string, path: string): Call["places"] | undefined {
  const wanted = template.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const places: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? "";
    if (part.startsWith("{") && text !== "") places[part.slice(1, -1)] = text;
    else if (part !== text) return undefined;
  }
  return places;
}
