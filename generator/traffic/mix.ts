import { STREAM, uniform } from "./random.ts";
import type { Route } from "./routes.ts";

const BLOCK = 100;
/** Searches are a fifth of the traffic: with small blocks every ten seconds or so have their share. */
const SEARCHES = 20;

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
  return takeShare(carries, share, BLOCK, (i) => uniform(seed, STREAM.reserved, first + i));
}

/** Which arrivals are the one customer's: of each 20 arrivals on routes that read free text, exactly the share. */
export function poisonPlaces(reads: readonly boolean[], share: number, seed: number, first = 0): Set<number> {
  const texts = reads.flatMap((is, i) => (is ? [i] : []));
  const at = (k: number): number => texts[k] ?? 0;
  const all = texts.map(() => true);
  const picked = takeShare(all, share, SEARCHES, (k) => uniform(seed, STREAM.poison, first + at(k)));
  return new Set([...picked].map(at));
}

function takeShare(
  able: readonly boolean[],
  share: number,
  block: number,
  order: (place: number) => number,
): Set<number> {
  const chosen = new Set<number>();
  let owed = 0;
  for (let start = 0; start < able.length; start += block) {
    const end = Math.min(start + block, able.length);
    owed += (end - start) * share;
    const places: number[] = [];
    for (let i = start; i < end; i++) if (able[i]) places.push(i);
    places.sort((a, b) => order(a) - order(b));
    const take = places.slice(0, Math.round(owed));
    for (const i of take) chosen.add(i);
    owed -= take.length;
  }
  return chosen;
}
