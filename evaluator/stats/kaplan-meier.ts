/** A time to an event, or the time until which none was seen. */
export interface Timed {
  readonly at: number;
  readonly seen: boolean;
}
/** Share still waiting after `at`, with its pointwise 95 % log-log interval, and how many were at risk just before. */
export interface Step {
  readonly at: number;
  readonly s: number;
  readonly low: number;
  readonly high: number;
  readonly atRisk: number;
}
const Z = 1.959963984540054;

/** The product-limit estimate (Kaplan and Meier 1958), a step for each time at which something was seen. */
export function kaplanMeier(times: readonly Timed[]): readonly Step[] {
  const steps: Step[] = [];
  let s = 1;
  let greenwood = 0;
  for (const at of [...new Set(times.filter(({ seen }) => seen).map((one) => one.at))].sort((a, b) => a - b)) {
    // Whoever left at this very moment was still there when it happened.
    const atRisk = times.filter((one) => one.at >= at).length;
    const events = times.filter((one) => one.seen && one.at === at).length;
    s *= 1 - events / atRisk;
    greenwood += events / (atRisk * (atRisk - events));
    steps.push({ at, s, ...band(s, greenwood), atRisk });
  }
  return steps;
}

/** Greenwood's variance on the log(-log) scale, so that the band stays in [0, 1]. */
function band(s: number, greenwood: number): Pick<Step, "low" | "high"> {
  if (s <= 0) return { low: 0, high: 0 };
  const spread = Math.exp((Z * Math.sqrt(greenwood)) / Math.abs(Math.log(s)));
  return { low: s ** spread, high: s ** (1 / spread) };
}

/** Smallest time at which at most half still wait; null when it is not reached. */
export function medianTime(curve: readonly Step[]): number | null {
  return curve.find(({ s }) => s <= 0.5)?.at ?? null;
}

/** Area under the curve from 0 to tau: the mean of the times, each cut at tau. */
export function restrictedMean(curve: readonly Step[], tau: number): number {
  let area = 0;
  let from = 0;
  let s = 1;
  for (const step of curve) {
    if (step.at >= tau) break;
    area += s * (step.at - from);
    from = step.at;
    s = step.s;
  }
  return area + s * (tau - from);
}

/** 95 % interval of the median (Brookmeyer and Crowley 1982): where the band crosses a half; null: it does not. */
export function medianInterval(curve: readonly Step[]): { readonly low: number | null; readonly high: number | null } {
  return {
    low: curve.find(({ low }) => low <= 0.5)?.at ?? null,
    high: curve.find(({ high }) => high <= 0.5)?.at ?? null,
  };
}
