import { brackets } from "./bracket.ts";
import { forecast } from "./forecast.ts";
import type { Money } from "./money.ts";
import type { PriceLine } from "./price-list.ts";

/** What a product costs the buyer, in the currency it is sold in. */
export interface Quote {
  readonly sku: string;
  readonly name: string;
  /** Price of a single unit. */
  readonly amount: number;
  readonly currency: string;
  readonly formatted: string;
  /** Prices of a unit by the quantity bought, the smallest first. */
  readonly brackets: readonly { readonly from: number; readonly amount: number; readonly formatted: string }[];
}

/** Prices a product; the rate says how much of its currency one euro buys. */
export function makeQuote({ product, sales }: PriceLine, money: Money, rate: number): Quote {
  const prices = brackets(product, forecast(sales)).map(({ from, unitPrice }) => {
    const amount = money.round(unitPrice * rate);
    return { from, amount, formatted: money.format(amount) };
  });
  const { amount = 0, formatted = "" } = prices[0] ?? {};
  return { sku: product.sku, name: product.name, amount, currency: product.currency, formatted, brackets: prices };
}
