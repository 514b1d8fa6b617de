import { quantileSorted } from "simple-statistics";
import type { Component, Span, Telemetry, Window } from "../../../agent/telemetry/model.ts";
import type { Point } from "../charts/lines.ts";

/** Requests that a component answered, from its server spans. */
export interface Served {
  readonly component: Component;
  readonly requests: number;
  readonly rate: readonly Point[];
  readonly failed: readonly Point[];
  readonly p50: readonly Point[];
  readonly p95: readonly Point[];
}

/** About 150 points, on whole five seconds. */
export function binWidth({ from, to }: Window): number {
  return Math.max(5_000, Math.ceil((to - from) / 150 / 5_000) * 5_000);
}

/** Golden signals of each component that answers requests, sorted by name; a bin counts requests by their end. */
export function served(telemetry: Telemetry, within: Window): readonly Served[] {
  const spans = telemetry.spans({ within, kind: "server" });
  return [...Map.groupBy(spans, (span) => span.component)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([component, own]) => of(component, own, within));
}

function of(component: Component, spans: readonly Span[], within: Window): Served {
  const width = binWidth(within);
  const bins = Array.from({ length: Math.max(1, Math.floor((within.to - within.from) / width)) }, (): Span[] => []);
  for (const span of spans) bins[Math.floor((span.end - within.from) / width)]?.push(span);
  const each = (value: (own: readonly Span[]) => number | null): Point[] =>
    bins.map((own, i) => ({ at: within.from + (i + 0.5) * width, value: value(own) }));
  const times = bins.map((own) => own.map((span) => span.end - span.start).sort((a, b) => a - b));
  const quantile = (q: number): Point[] =>
    times.map((sorted, i) => ({
      at: within.from + (i + 0.5) * width,
      value: sorted.length === 0 ? null : quantileSorted(sorted, q),
    }));
  return {
    component,
    requests: spans.length,
    rate: each((own) => (1_000 * own.length) / width),
    failed: each((own) => (own.length === 0 ? null : own.filter(bad).length / own.length)),
    p50: quantile(0.5),
    p95: quantile(0.95),
  };
}

/** In error, or answered 5xx. */
function bad(span: Span): boolean {
  const status = Number(span.attributes["http.response.status_code"] ?? 0);
  return span.failed || status >= 500;
}
