import { cpus } from "node:os";
import { median } from "simple-statistics";
import type { Telemetry } from "../agent/telemetry/model.ts";
import type { Outcome } from "../generator/traffic/outcome.ts";
import type { Run } from "./run.ts";

const SAMPLE_MS = 5_000;

/** Samples how idle the machine is; `idle` is the median share over all samples so far, 1 before the first. */
export function watchIdle(): Disposable & { readonly idle: () => number } {
  const shares: number[] = [];
  let before = times();
  const timer = setInterval(() => {
    const now = times();
    const all = now.all - before.all;
    if (all > 0) shares.push((now.idle - before.idle) / all);
    before = now;
  }, SAMPLE_MS);
  timer.unref();
  return {
    idle: () => (shares.length === 0 ? 1 : median(shares)),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function times(): { idle: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const cpu of cpus()) {
    idle += cpu.times.idle;
    all += Object.values(cpu.times).reduce((sum, part) => sum + part, 0);
  }
  return { idle, all };
}

/** Margin before the injection and the end: spans still under way are not missing. */
const MARGIN_MS = 8_000;

/**
 * Per entry app: of the requests that users got answered outside the time of the fault, the share whose server span
 * came. Found by the trace id that each request carried.
 */
export function spanShares(
  outcomes: readonly Outcome[],
  run: Pick<Run, "startedAt" | "endedAt" | "inForceAt" | "recoveredAt">,
  telemetry: Telemetry,
): Record<string, number> {
  const calm = (at: number): boolean =>
    at < (run.inForceAt ?? run.endedAt) - MARGIN_MS ||
    (run.recoveredAt !== null && at > run.recoveredAt && at < run.endedAt - MARGIN_MS);
  const seen = new Set<string>();
  for (const span of telemetry.spans({ within: { from: 0, to: telemetry.now } }))
    if (span.kind === "server") seen.add(`${span.trace} ${span.component}`);
  const counts = new Map<string, { n: number; found: number }>();
  for (const one of outcomes) {
    if (one.kind !== "answered" || !calm(one.done)) continue;
    const count = counts.get(one.app) ?? { n: 0, found: 0 };
    counts.set(one.app, count);
    count.n += 1;
    if (seen.has(`${one.trace} ${one.app}`)) count.found += 1;
  }
  return Object.fromEntries([...counts].map(([app, { n, found }]) => [app, n === 0 ? 0 : found / n]));
}
