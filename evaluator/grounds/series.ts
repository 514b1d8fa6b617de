import type { Series, Window } from "../../agent/telemetry/model.ts";
import { quantile } from "../stats/quantile.ts";

/** What the judge reads from the answer to a query. */
export interface Reading {
  /** Records in the answer. */
  readonly records: number;
  /** The figure by which "more" and "less" are told; null when there is none. */
  readonly main: number | null;
  /** Every figure that somebody could honestly draw from this answer, in the unit that was asked for. */
  readonly figures: readonly number[];
}

/** Factor from a unit as sent to seconds, bytes and shares. */
const FACTORS: Readonly<Record<string, number>> = {
  ms: 1e-3,
  us: 1e-6,
  ns: 1e-9,
  KiBy: 1_024,
  MiBy: 1_024 ** 2,
  "%": 0.01,
};

/** Figures of each stream of a metric and of all of them together; the first is the one that tells more from less. */
export function seriesFigures(all: readonly Series[], window: Window, unit: string): Reading {
  const each = all.filter(({ at }) => at.length > 0).map((one) => figuresOf(one, window));
  const scale = unit === "ms" ? 1_000 : 1;
  const longest = Math.max(0, ...each.map((figures) => figures.length));
  const together = Array.from({ length: longest }, (_, i) => each.reduce((sum, one) => sum + (one[i] ?? 0), 0));
  const figures = [...together, ...each.flat()].map((one) => one * scale);
  return { records: each.length, main: figures[0] ?? null, figures };
}

function figuresOf({ kind, unit, value, count, at }: Series, { from, to }: Window): number[] {
  const factor = FACTORS[unit] ?? 1;
  const values = [...value].map((one) => one * factor);
  const sum = values.reduce((total, one) => total + one, 0);
  const perSecond = sum / Math.max(1, (to - from) / 1_000);
  if (kind === "gauge")
    return [sum / values.length, ...[0.5, 0.75, 0.95, 1].map((p) => quantile(values, p)), values.at(-1) ?? 0];
  const calls = count ? [...count].reduce((total, one) => total + one, 0) : 0;
  if (kind === "histogram") return calls > 0 ? [sum / calls, perSecond, calls] : [0, 0, 0];
  const rates = values.slice(1).map((one, i) => one / Math.max(1e-3, ((at[i + 1] ?? 0) - (at[i] ?? 0)) / 1_000));
  return [perSecond, ...(rates.length > 0 ? [0.5, 0.75, 1].map((p) => quantile(rates, p)) : []), sum];
}
