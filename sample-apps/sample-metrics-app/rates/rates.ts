import { log } from "../telemetry/log.ts";
import { askRate } from "./call.ts";
import { CallFailure, errorMessage, errorType, statusFor } from "./call-failure.ts";
import { asRepeat } from "./resend.ts";

/** How long a rate is used, in milliseconds. */
const FRESH_MS = 1000;

export interface RatesOptions {
  /** Base URL of the provider. */
  readonly base: string;
  /** Time limit of one attempt, in milliseconds. */
  readonly timeoutMs: number;
  /** Immediate repeats of a failed attempt. */
  readonly retries: number;
  /** Told of each look-up in the cache. */
  lookedUp(result: "hit" | "miss"): void;
}

/** Exchange rates: what one euro buys of a currency. Rates of the last second are kept. */
export class Rates {
  readonly #options: RatesOptions;
  readonly #kept = new Map<string, { readonly rate: number; readonly until: number }>();

  constructor(options: RatesOptions) {
    this.#options = options;
  }

  /** The rate of a currency, from the cache if it is fresh. Rejects with CallFailure. */
  async rateOf(currency: string): Promise<number> {
    const kept = this.#kept.get(currency);
    if (kept !== undefined && performance.now() < kept.until) {
      this.#options.lookedUp("hit");
      return kept.rate;
    }
    this.#options.lookedUp("miss");
    const rate = await this.#ask(currency);
    this.#kept.set(currency, { rate, until: performance.now() + FRESH_MS });
    return rate;
  }

  async #ask(currency: string): Promise<number> {
    const { base, timeoutMs, retries } = this.#options;
    for (let attempt = 0; ; attempt++) {
      try {
        return await asRepeat(attempt, () => askRate(base, currency, timeoutMs));
      } catch (error) {
        log.warn("call to rates failed", {
          "error.type": errorType(error),
          "error.message": errorMessage(error),
          "http.request.resend_count": attempt,
          "http.response.status_code": statusFor(error),
        });
        if (attempt >= retries) throw new CallFailure(error);
      }
    }
  }
}
