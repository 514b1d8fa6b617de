import { readFile } from "node:fs/promises";
import type { Attributes, Instant, LogRecord } from "../../agent/telemetry/model.ts";
import { csvRecords } from "./csv.ts";
import { type MinuteFile, serviceOf } from "./nezha-day.ts";
import { idOf } from "./nezha-spans.ts";
import { pairsOf, type Sent } from "./requests.ts";

/** OpenTelemetry's severity numbers. */
const SEVERITY: Readonly<Record<string, number>> = {
  trace: 1, debug: 5, info: 9, information: 9, warn: 13, warning: 13, error: 17, fatal: 21, critical: 21,
}; // biome-ignore format: a table reads better than a column
const LEVEL = /\b(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b/;
/** The text repeats the ids that the row has in columns of their own. */
const IDS = /^TraceID: \w* SpanID: \w* /;

/** Log records of a window. */
export async function logsIn(files: readonly MinuteFile[], from: Instant, to: Instant): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (const { file } of files)
    for (const record of csvRecords(await readFile(file, "utf8"))) {
      const { TimeUnixNano: nanos = "", PodName: pod, TraceID: trace, SpanID: span, Log: log = "" } = record;
      const end = Number(nanos) / 1e6;
      if (!pod || !/^\d+$/.test(nanos) || end < from || end > to) continue;
      const { text, severity, attributes } = saidIn(log);
      const body = {
        timeUnixNano: nanos,
        severityNumber: severity,
        body: { stringValue: text },
        attributes: pairsOf(attributes),
        ...(trace ? { traceId: idOf(trace, 32) } : {}),
        ...(span ? { spanId: idOf(span, 16) } : {}),
      };
      sent.push({ component: serviceOf(pod), instance: pod, end, body });
    }
  return sent;
}

/** The same of whole files, as the engine reads lines. */
export async function logRecordsIn(files: readonly MinuteFile[]): Promise<readonly LogRecord[]> {
  const found: LogRecord[] = [];
  for (const { file } of files)
    for (const record of csvRecords(await readFile(file, "utf8"))) {
      const { TimeUnixNano: nanos = "", PodName: pod, TraceID: trace, SpanID: span, Log: log = "" } = record;
      if (!pod || !/^\d+$/.test(nanos)) continue;
      const at = Number(nanos) / 1e6;
      const { text: body, severity, attributes } = saidIn(log);
      const within = { ...(trace ? { trace: idOf(trace, 32) } : {}), ...(span ? { span: idOf(span, 16) } : {}) };
      found.push({ at, component: serviceOf(pod), instance: pod, severity, body, attributes, arrival: at, ...within });
    }
  return found;
}

export interface Said {
  readonly text: string;
  /** 0 if unknown. */
  readonly severity: number;
  readonly attributes: Attributes;
}

/** The cell is JSON of the container runtime, in whose `log` the application's own line lies, often JSON again. */
export function saidIn(cell: string): Said {
  const outer = objectIn(cell);
  const line = String(outer?.["log"] ?? cell).trim();
  const inner = objectIn(line);
  if (inner === undefined) {
    const level = LEVEL.exec(line)?.[1]?.toLowerCase() ?? "";
    return { text: line.replace(IDS, ""), severity: SEVERITY[level] ?? 0, attributes: {} };
  }
  const { message, severity, level, timestamp: _, ...rest } = inner;
  const attributes: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(rest))
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") attributes[key] = value;
  return {
    text: String(message ?? line).replace(IDS, ""),
    severity: SEVERITY[String(severity ?? level ?? "").toLowerCase()] ?? 0,
    attributes,
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    // A line that only looks like JSON is text.
    return undefined;
  }
}
