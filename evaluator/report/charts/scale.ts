/** Where a value lies in a drawing. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  at(value: number): number;
}
/** Linear; a domain without length becomes one of length 1. */
export function scale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const span = domain[1] > domain[0] ? domain[1] - domain[0] : 1;
  return {
    from: domain[0],
    to: domain[0] + span,
    at: (value) => range[0] + ((value - domain[0]) / span) * (range[1] - range[0]),
  };
}

/** The least of 1, 2, 2.5, 5 times a power of ten that is not below `value`; 1 for nothing. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value * (1 - 1e-9)) ?? 10) * power;
}

const MINUTE = 60_000;
/** Offsets of the ticks of a time axis, in ms from its start: at most `most` of them, at round times. */
export function timeTicks(span: number, most: number): number[] {
  const steps = [10_000, 15_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE];
  const step = steps.find((one) => span / one <= most) ?? Math.ceil(span / most / MINUTE) * MINUTE;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => i * step);
}

/** One decimal: enough for a screen, and the same bytes everywhere. */
export const round = (value: number): string => {
  const text = (Math.round(value * 10) / 10).toString();
  return text === "-0" ? "0" : text;
};
