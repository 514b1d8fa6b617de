import { METRICS } from "../../judge.ts";
import type { Measurement, Unit, Verdict } from "../../trial-record.ts";
import { cell, type Section, table } from "../block.ts";
import { duration, figure, percent } from "../numbers.ts";
import { plain } from "../text.ts";

/** What each score means, in a sentence. A score without one shows its name only. */
const MEANING: ReadonlyMap<string, string> = new Map([
  ["cause-rank", "Place of the true cause in the agent's list; ties count by their expectation."],
  ["ac-at-1", "Whether the first place holds a true cause."],
  ["ac-at-3", "Share of the true causes among the first three places."],
  ["exact-set", "Whether the named causes are the true ones, nothing missing and nothing extra."],
  ["joint-at-1", "Whether place and kind of fault are both right in the first place."],
  ["ttd-from-injection", "From the moment the fault was in force to the alarm that detects it."],
  ["ttd-from-onset", "From the first harm that users felt to the alarm; negative is an early warning."],
  ["ttl-from-onset", "From onset to the moment from which the first place stays right."],
  ["false-alarms", "Alarms that began in time without a fault."],
  ["thinking", "Wall time the agent thought over the whole run; never part of a time to detect."],
]);

/** Every score with its value, or why it has none. */
export function scores({ measurements }: Verdict): Section {
  const better = new Map(METRICS.map((metric) => [metric.name, metric.better]));
  const rows = [...measurements].map(([metric, measured]) => [
    cell(metric, MEANING.get(metric) ?? null),
    cell(told(measured, measured.unit), null, `measured-${measured.kind}`),
    measured.kind === "not-applicable" || measured.kind === "missing" ? "" : (better.get(metric) ?? ""),
    why(measured),
  ]);
  return {
    id: "scores",
    title: "Scores",
    lead: null,
    blocks: [table("Scores of this trial", ["Score", "#Value", "Better", "How to read it"], rows)],
  };
}

function told(measured: Measurement, unit: Unit): string {
  switch (measured.kind) {
    case "value":
      return inUnit(measured.value, unit);
    case "censored":
      return `more than ${duration(measured.after)}`;
    case "not-applicable":
      return "not applicable";
    case "missing":
      return "missing";
  }
}

function why(measured: Measurement): string {
  switch (measured.kind) {
    case "value":
      return "Measured.";
    case "censored":
      return "Censored: it had not happened when the judged time ended.";
    case "not-applicable":
    case "missing":
      return `${plain(measured.why)}.`.replace(/^./, (first) => first.toUpperCase());
  }
}

function inUnit(value: number, unit: Unit): string {
  switch (unit) {
    case "share":
      return percent(value);
    case "ms":
      return Math.abs(value) < 1_000 ? `${figure(value)}\u00a0ms` : duration(value);
    case "count":
      return figure(value);
    case "usd":
      return `${figure(value)}\u00a0USD`;
    case "per-hour":
      return `${figure(value)} an hour`;
  }
}
