import { moneyOf } from "./money.ts";
import type { PriceLine } from "./price-list.ts";
import { makeQuote, type Quote } from "./quote.ts";

/** Gives how much of a currency one euro buys. */
export type RateOf = (currency: string) => Promise<number>;

/** Makes quotes at the rates of the moment. */
export class PricingDesk {
  readonly #rateOf: RateOf;
  readonly #priced: (quote: Quote) => void;

  /** Each quote made is told to `priced`. */
  constructor(rateOf: RateOf, priced: (quote: Quote) => void) {
    this.#rateOf = rateOf;
    this.#priced = priced;
  }

  /** Prices one line. Rejects with what the rates reject with. */
  async quote(line: PriceLine): Promise<Quote> {
    const money = moneyOf(line.product.currency);
    const rate = await this.#rateOf(line.product.currency);
    const quote = makeQuote(line, money, rate);
    this.#priced(quote);
    return quote;
  }
}
