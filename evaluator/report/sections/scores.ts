import { METRICS } from "../../judge.ts";
import type { Measurement, Unit, Verdict } from "../../trial-record.ts";
import { cell, type Section, table } from "../block.ts";
import { duration, figure, percent } from "../numbers.ts";
import { plain, sentence } from "../text.ts";

interface Meaning {
  /** What the score is called for people. */
  readonly title: string;
  readonly text: string;
  /** Of one trial it is yes or no. */
  readonly decides?: true;
}
/** Scores in words. One that is not here shows the name it has in files. */
const MEANING: ReadonlyMap<string, Meaning> = new Map([
  ["cause-rank", { title: "Place of the true cause", text: "In the agent's list; ties count by their expectation." }],
  ["ac-at-1", { title: "True cause in first place", text: "Whether the first place holds a true cause.", decides: true }],
  ["ac-at-3", { title: "True causes in the first three", text: "Share of the true causes among the first three places." }],
  ["ac-at-5", { title: "True causes in the first five", text: "Share of the true causes among the first five places." }],
  ["avg-at-5", { title: "True causes early in the list", text: "Mean over the first one to five places." }],
  ["mrr", { title: "Reciprocal place of the true cause", text: "One divided by its place; 0 when it is not in the list." }],
  ["lift-at-1", { title: "First place beyond chance", text: "What the first place is worth above a blind draw from all components." }],
  ["exact-set", { title: "Exactly the true causes", text: "Nothing missing and nothing extra among the named.", decides: true }],
  ["any-correct", { title: "A true cause named", text: "Whatever else was named.", decides: true }],
  ["precision", { title: "Named causes that are true", text: "Share of what was named." }],
  ["recall", { title: "True causes that were named", text: "Share of what was true." }],
  ["f1", { title: "Named and true together", text: "Harmonic mean of the two shares above." }],
  ["ap-at-full-recall", { title: "Precision when all were named", text: "True over named when every true cause is named, else 0." }],
  ["joint-at-1", { title: "Place and kind right", text: "Both component and kind of fault in the first place.", decides: true }],
  ["joint-exact", { title: "Exactly the true causes and kinds", text: "Nothing missing, nothing extra, and each of the right kind.", decides: true }],
  ["trigger-hit", { title: "Trigger right", text: "The change that set it off, or rightly none.", decides: true }],
  ["symptom-hit", { title: "A victim blamed", text: "Share of the first place held by a component that only suffers." }],
  ["decoy-hit", { title: "A decoy blamed", text: "Share of the first place held by a component that was changed innocently." }],
  ["proximity", { title: "How near the blame fell", text: "1 at the cause, a half one call away, a third two calls away." }],
  ["hallucination", { title: "Invented names", text: "Share of the names in the answer that nothing recorded has." }],
  ["remedy", { title: "Remedy right", text: "Whether the first remedy is one that would help.", decides: true }],
  ["claim-grounded", { title: "Claims that hold", text: "Share of the claims behind the answer that hold when the judge asks the recording again." }],
  ["claim-contradicted", { title: "Claims that are denied", text: "Share of them that the recording denies." }],
  ["ttd-from-injection", { title: "Detected after injection", text: "From the moment the fault was in force to the alarm that detects it." }],
  ["ttd-from-onset", { title: "Detected after onset", text: "From the first harm that users felt; negative is an early warning." }],
  ["ttl-from-onset", { title: "Cause found after onset", text: "To the moment from which the first place stays right." }],
  ["flips", { title: "Changes of mind", text: "How often the first place changed hands." }],
  ["false-alarms", { title: "False alarms", text: "Alarms that began in time without a fault." }],
  ["duty", { title: "Time in alarm without a fault", text: "Share of the fault-free time." }],
  ["thinking", { title: "Thinking", text: "Wall time over the whole run; never part of a time to detect." }],
]); // biome-ignore format: a table reads better than a column

/** Every score with its value, or why it has none. */
export function scores({ measurements, state }: Verdict): Section {
  const better = new Map(METRICS.map((metric) => [metric.name, metric.better]));
  const rows = [...measurements].map(([metric, measured]) => {
    const meaning = MEANING.get(metric);
    const valued = measured.kind === "value" || measured.kind === "censored";
    return [
      cell(meaning?.title ?? metric, meaning?.text ?? null),
      cell(told(measured, measured.unit, meaning?.decides ?? false), why(measured), `measured-${measured.kind}`),
      valued && !meaning?.decides ? `${better.get(metric) ?? ""} is better` : "",
      cell(metric, null, "query"),
    ];
  });
  return {
    id: "scores",
    nav: "Scores",
    title: "Scores",
    lead:
      state === "invalid"
        ? "This run does not count. What stands here was measured, and is no score of the agent."
        : "Of this one run: how an agent does in general takes many runs.",
    blocks: [table("Scores of this trial", ["Score", "Value", "Read", "Name in files"], rows)],
  };
}

function told(measured: Measurement, unit: Unit, decides: boolean): string {
  switch (measured.kind) {
    case "value":
      if (decides && (measured.value === 0 || measured.value === 1)) return measured.value === 1 ? "✓ yes" : "✗ no";
      return inUnit(measured.value, unit);
    case "censored":
      return `more than ${duration(measured.after)}`;
    case "not-applicable":
      return "– not applicable";
    case "missing":
      return "– missing";
  }
}

function why(measured: Measurement): string | null {
  switch (measured.kind) {
    case "value":
      return null;
    case "censored":
      return "It had not happened when the judged time ended.";
    case "not-applicable":
    case "missing":
      return sentence(plain(measured.why));
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
