import type { IncomingMessage } from "node:http";

const UNOBSERVED = new Set(["/health", "/ready", "/metrics"]);

/** The path of a request, without its query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

/** Whether requests of a path are neither traced nor counted: they come from machines that look after the app. */
export function isUnobserved(path: string): boolean {
  return UNOBSERVED.has(path);
}
