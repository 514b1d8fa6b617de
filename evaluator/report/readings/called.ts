import type { Component, Telemetry, Window } from "../../../agent/telemetry/model.ts";
import type { Point } from "../charts/lines.ts";

/** Requests to a component that sends no spans of its own, as its callers saw them. */
export interface Called {
  readonly component: Component;
  readonly rate: readonly Point[];
  readonly failed: readonly Point[];
  /** Mean time in ms that callers waited. */
  readonly waited: readonly Point[];
}
/** About so many points over the run: each costs one look at all calls. */
const POINTS = 60;

/** Golden signals of callees that are not in `known`, sorted by name. */
export function called(telemetry: Telemetry, within: Window, known: ReadonlySet<Component>): readonly Called[] {
  const width = Math.max(5_000, Math.ceil((within.to - within.from) / POINTS / 5_000) * 5_000);
  const count = Math.max(1, Math.floor((within.to - within.from) / width));
  const bins = Array.from({ length: count }, (_, i) => {
    const from = within.from + i * width;
    const calls = telemetry.calls({ from, to: from + width }).filter(({ callee }) => !known.has(callee));
    return { at: from + width / 2, by: Map.groupBy(calls, ({ callee }) => callee) };
  });
  const names = [...new Set(bins.flatMap(({ by }) => [...by.keys()]))].sort();
  return names.map((component) => {
    const sums = bins.map(({ at, by }) => ({ at, ...sum(by.get(component) ?? []) }));
    return {
      component,
      rate: sums.map(({ at, n }) => ({ at, value: (1_000 * n) / width })),
      failed: sums.map(({ at, n, failed }) => ({ at, value: n === 0 ? null : failed / n })),
      waited: sums.map(({ at, n, seconds }) => ({ at, value: n === 0 ? null : (1_000 * seconds) / n })),
    };
  });
}

interface Sum {
  readonly n: number;
  readonly failed: number;
  readonly seconds: number;
}
const sum = (
  calls: readonly { readonly count: number; readonly failed: number; readonly clientSeconds: number }[],
): Sum =>
  calls.reduce<Sum>(
    (all, { count, failed, clientSeconds }) => ({
      n: all.n + count,
      failed: all.failed + failed,
      seconds: all.seconds + clientSeconds,
    }),
    { n: 0, failed: 0, seconds: 0 },
  );
