import { BadAnswer, CallTimeout } from "./call-failure.ts";

/** Asks the provider once what one euro buys of a currency. The time limit holds for the answer's body too. */
export async function askRate(base: string, currency: string, limitMs: number): Promise<number> {
  const limit = new AbortController();
  // An answer that came in time but was not read yet, because this thread was computing, is read before the limit strikes.
  const timer = setTimeout(() => setImmediate(() => limit.abort(new CallTimeout(limitMs))), limitMs);
  try {
    const response = await fetch(`${base}/rates?currency=${encodeURIComponent(currency)}`, {
      headers: { accept: "application/json" },
      redirect: "manual",
      signal: limit.signal,
    });
    const body = await response.text();
    if (response.status !== 200) throw new BadAnswer(response.status);
    return rateIn(body);
  } finally {
    clearTimeout(timer);
  }
}

function rateIn(body: string): number {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    throw new BadAnswer(200, "rates answered what is no JSON");
  }
  const rate = typeof answer === "object" && answer !== null && "rate" in answer ? answer.rate : undefined;
  if (typeof rate !== "number" || !(rate > 0)) throw new BadAnswer(200, "rates answered without a rate");
  return rate;
}
