import { type Attributes, logs, SeverityNumber, trace } from "@opentelemetry/api";
import { type ExceptionRecord, exceptionAttributes } from "./exception.ts";

type Level = "INFO" | "WARN" | "ERROR";
const SEVERITIES = { INFO: SeverityNumber.INFO, WARN: SeverityNumber.WARN, ERROR: SeverityNumber.ERROR } as const;

/** Log lines: each goes to stdout as JSON and to the exporter, with the ids of the current span. */
export const log = {
  info: (message: string, attributes: Attributes = {}): void => write("INFO", message, attributes),
  warn: (message: string, attributes: Attributes = {}): void => write("WARN", message, attributes),
  /** The exception is the reason for the line. */
  error: (message: string, exception: ExceptionRecord, attributes: Attributes = {}): void =>
    write("ERROR", message, { ...exceptionAttributes(exception), ...attributes }),
};

function write(level: Level, message: string, attributes: Attributes): void {
  const span = trace.getActiveSpan()?.spanContext();
  const ids = span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
  const line = { time: new Date().toISOString(), level, msg: message, ...attributes, ...ids };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  const record = { severityNumber: SEVERITIES[level], severityText: level, body: message, attributes };
  logs.getLogger("quotes").emit(record);
}
