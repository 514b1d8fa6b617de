import type { Millis } from "../targets/target.ts";
import { arrivals, due, type Load } from "./load.ts";
import { STREAM, uniform } from "./random.ts";

export type Arrivals = "uniform" | "poisson";

/**
 * When each request is due, in ms from the start. Uniform: the count is the integral of the rate, rounded; Poisson:
 * exponential gaps in units of that integral, so the count varies by its square root.
 */
export function* schedule(load: Load, lasts: Millis, kind: Arrivals, seed: number): Generator<Millis> {
  const total = arrivals(load, lasts);
  if (kind === "uniform") {
    const count = Math.max(0, Math.ceil(total - 0.5));
    for (let i = 0; i < count; i++) yield due(load, i + 0.5) ?? lasts;
    return;
  }
  let passed = 0;
  for (let i = 0; ; i++) {
    passed += -Math.log1p(-uniform(seed, STREAM.gap, i));
    const at = passed < total ? due(load, passed) : undefined;
    if (at === undefined) return;
    yield at;
  }
}

const AHEAD = 50;
/** Whether what is due from number `next` on comes at no more than `rps` requests a second, looking 50 requests ahead. */
export function isSparse(list: readonly { readonly due: Millis }[], next: number, rps: number): boolean {
  const [from, to] = [list[next], list[next + AHEAD]];
  return from === undefined || to === undefined || to.due - from.due >= (AHEAD * 1_000) / rps;
}
