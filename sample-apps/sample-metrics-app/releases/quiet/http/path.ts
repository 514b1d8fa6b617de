import type { IncomingMessage } from "node:http";

const UNOBSERVED = new Set(["/health", "/ready", "/metrics"]);

/** The path of a request, without its query. */
export function pathOf({ url = "/" }: IncomingMessage): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}

/** Whether requests of a path are neither traced nor counted: they come from machines that look after the app. */
export function isUnobserved(path: string): boolean {
  return UNOBSERVED.has(path);
}
