import type { Thoughts } from "../think.ts";
import type { Job, Think } from "./away.ts";

/**
 * Thinks ahead, for who asks one job after the other in an order that is known: while one answer is judged, the next
 * `most` jobs of the order are under way. An order that is not kept to costs time and nothing else.
 */
export function ahead(think: Think, order: readonly Job[], most: number): Think {
  const places = new Map(order.map((job, i) => [keyOf(job), i]));
  const begun = new Map<number, Promise<Thoughts>>();
  const begin = (place: number, job: Job, signal: AbortSignal): void => {
    const thoughts = think(job, signal, {});
    // Nobody may ever ask for it.
    thoughts.catch(() => undefined);
    begun.set(place, thoughts);
  };
  return async (job, signal, ear) => {
    const place = places.get(keyOf(job));
    if (place === undefined) return think(job, signal, ear);
    for (const passed of begun.keys()) if (passed < place) begun.delete(passed);
    for (let i = place; i <= place + most; i++) {
      const next = order[i];
      if (next && !begun.has(i)) begin(i, i === place ? job : next, signal);
    }
    const thoughts = await begun.get(place);
    begun.delete(place);
    if (thoughts === undefined) return think(job, signal, ear);
    for (const finding of thoughts.findings) ear.heard?.(finding);
    return thoughts;
  };
}

function keyOf({ directory, repeat, chance, blinded, lying, claims, origin }: Job): string {
  return JSON.stringify([directory, repeat, chance, blinded, lying, claims, origin]);
}
