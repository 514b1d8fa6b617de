import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Component, Instant, Span } from "../../agent/telemetry/model.ts";
import { csvRecords } from "./csv.ts";
import { type MinuteFile, serviceOf } from "./nezha-day.ts";
import type { Sent } from "./requests.ts";

interface Row {
  readonly trace: string;
  readonly id: string;
  /** Undefined for the root, which the files call so. */
  readonly parent: string | undefined;
  readonly pod: string;
  readonly operation: string;
  readonly start: string;
  readonly end: string;
}
const SPAN_KIND = { internal: 1, server: 2, client: 3 } as const;
const NANOS = /^\d{16,20}$/;

/** Spans that end in a window. Rows without times or ids are left out. */
export async function spansIn(files: readonly MinuteFile[], from: Instant, to: Instant): Promise<readonly Sent[]> {
  return (await rowsIn(files)).flatMap(({ row, kind }): Sent[] => {
    const end = Number(row.end) / 1e6;
    if (end < from || end > to) return [];
    const component: Component = serviceOf(row.pod);
    return [{ component, instance: row.pod, end, body: bodyOf(row, kind) }];
  });
}

/** The same of whole files, as the engine reads spans. Whether one failed was not published. */
export async function engineSpansIn(files: readonly MinuteFile[]): Promise<readonly Span[]> {
  return (await rowsIn(files)).map(({ row, kind }): Span => {
    const { trace, id, parent, pod, operation: name } = row;
    const [start, end] = [Number(row.start) / 1e6, Number(row.end) / 1e6];
    const from = parent === undefined ? {} : { parent: idOf(parent, 16) };
    const own = { trace: idOf(trace, 32), id: idOf(id, 16), component: serviceOf(pod), instance: pod, name, kind };
    return { ...own, ...from, start, end, failed: false, attributes: {}, exceptions: [], arrival: end };
  });
}

async function rowsIn(
  files: readonly MinuteFile[],
): Promise<readonly { readonly row: Row; readonly kind: keyof typeof SPAN_KIND }[]> {
  const rows = new Map<string, Row>();
  for (const { file } of files) for (const row of rowsOf(await readFile(file, "utf8"))) rows.set(row.id, row);
  const calling = new Set<string>();
  for (const { parent, pod } of rows.values())
    if (parent !== undefined && isElsewhere(rows.get(parent), pod)) calling.add(parent);
  return [...rows.values()].map((row) => ({ row, kind: kindOf(row, rows, calling) }));
}

/**
 * The files do not tell the kind of a span. Its pod does: a span that came from another pod, or from nowhere, was entered
 * from outside; one that leads to another pod is a call. A span whose parent is not in the files is left inside.
 */
function kindOf(row: Row, rows: ReadonlyMap<string, Row>, calling: ReadonlySet<string>): keyof typeof SPAN_KIND {
  if (row.parent === undefined || isElsewhere(rows.get(row.parent), row.pod)) return "server";
  return calling.has(row.id) ? "client" : "internal";
}
const isElsewhere = (other: Row | undefined, pod: string): boolean => other !== undefined && other.pod !== pod;

function bodyOf({ trace, id, parent, operation, start, end }: Row, kind: keyof typeof SPAN_KIND): object {
  return {
    traceId: idOf(trace, 32),
    spanId: idOf(id, 16),
    ...(parent === undefined ? {} : { parentSpanId: idOf(parent, 16) }),
    name: operation,
    kind: SPAN_KIND[kind],
    startTimeUnixNano: start,
    endTimeUnixNano: end,
  };
}

function* rowsOf(text: string): Generator<Row> {
  for (const record of csvRecords(text)) {
    const { TraceID: trace, SpanID: id, ParentID: parent, PodName: pod, OperationName: operation } = record;
    const { StartTimeUnixNano: start = "", EndTimeUnixNano: end = "" } = record;
    if (!trace || !id || !pod || !NANOS.test(start) || !NANOS.test(end)) continue;
    const known = parent === "root" || !parent ? undefined : parent;
    yield { trace, id, parent: known, pod, operation: operation ?? "", start, end };
  }
}

/** An id in hex; what is none is given one. */
export function idOf(text: string, length: 16 | 32): string {
  if (text.length === length && /^[0-9a-f]+$/i.test(text)) return text.toLowerCase();
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
