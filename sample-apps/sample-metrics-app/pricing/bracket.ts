import type { Forecast } from "./forecast.ts";
import type { Product } from "./product.ts";

/** The price of one unit when at least so many are bought. */
export interface Bracket {
  readonly from: number;
  /** In euros, not rounded. */
  readonly unitPrice: number;
}

/** The quantities at which a price begins, in units. */
const STEPS = [1, 6, 24, 96] as const;
/** Weeks for which the trend is taken into the price. */
const OUTLOOK_WEEKS = 4;
/** The most that a rising or falling demand moves a price, as a share of the cost. */
const LARGEST_SHIFT = 0.06;
/** The part of the margin that is kept whatever the quantity. */
const KEPT_MARGIN = 0.4;

/** The prices by quantity: demand that grows makes them dearer, more than a week's sales at once makes them cheaper. */
export function brackets(product: Product, { level, trend }: Forecast): readonly Bracket[] {
  const weekly = Math.max(1, level * 7);
  const change = (trend * 7 * OUTLOOK_WEEKS) / Math.max(1, level);
  const margin = product.margin + clamp(change, -LARGEST_SHIFT, LARGEST_SHIFT);
  return STEPS.map((from) => {
    const discount = clamp(0.05 * Math.log2(from) * Math.sqrt(from / weekly), 0, margin * (1 - KEPT_MARGIN));
    return { from, unitPrice: product.cost * (1 + margin - discount) };
  });
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
