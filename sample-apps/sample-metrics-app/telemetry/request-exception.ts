import { trace } from "@opentelemetry/api";
import { type ExceptionRecord, exceptionRecord } from "./exception.ts";
import { log } from "./log.ts";

const behind = new WeakMap<object, ExceptionRecord>();

/** Reports what a handler threw and nobody foresaw: on the span of the request and as an ERROR line. */
export function reportException(thrown: unknown, response: object, method: string, path: string): void {
  const exception = exceptionRecord(thrown);
  behind.set(response, exception);
  trace.getActiveSpan()?.recordException(exception);
  log.error(`request failed: ${exception.message}`, exception, { "http.request.method": method, "url.path": path });
}

/** The exception that made a response a failure, if there was one. */
export function exceptionBehind(response: object): ExceptionRecord | undefined {
  return behind.get(response);
}
