import { STREAM, uniform } from "./random.ts";
import type { Route } from "./routes.ts";

const BLOCK = 100;

/** Smooth weighted round robin (nginx's): one cycle in which each route has exactly its share, well spread. */
export function cycle(routes: readonly Route[]): number[] {
  const divisor = routes.map((route) => route.weight).reduce(gcd);
  const weights = routes.map((route) => route.weight / divisor);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  return Array.from({ length: total }, () => {
    weights.forEach((weight, i) => {
      credit[i] = (credit[i] ?? 0) + weight;
    });
    const best = credit.indexOf(Math.max(...credit));
    credit[best] = (credit[best] ?? 0) - total;
    return best;
  });
}
function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/**
 * Which of `count` arrivals name reserved records: in each block of 100 exactly the share asked for (fractions carried
 * to the next block), at those places among the routes that can carry one whose draws are smallest.
 */
export function reservedPlaces(carries: readonly boolean[], share: number, seed: number, first = 0): Set<number> {
  const chosen = new Set<number>();
  let owed = 0;
  for (let start = 0; start < carries.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, carries.length);
    owed += (end - start) * share;
    const able: number[] = [];
    for (let i = start; i < end; i++) if (carries[i]) able.push(i);
    able.sort((a, b) => uniform(seed, STREAM.reserved, first + a) - uniform(seed, STREAM.reserved, first + b));
    const take = able.slice(0, Math.round(owed));
    for (const i of take) chosen.add(i);
    owed -= take.length;
  }
  return chosen;
}
