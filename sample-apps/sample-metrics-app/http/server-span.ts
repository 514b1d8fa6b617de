import { context, trace } from "@opentelemetry/api";
import { getRPCMetadata } from "@opentelemetry/core";

/** Tells the span and the duration of the current request which route it took. */
export function nameRoute(method: string, template: string): void {
  const about = getRPCMetadata(context.active());
  if (about !== undefined) about.route = template;
  trace.getActiveSpan()?.setAttribute("http.route", template).updateName(`${method} ${template}`);
}
