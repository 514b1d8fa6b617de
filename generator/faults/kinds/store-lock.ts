import { fault } from "../fault.ts";
import { holdLocks, type Locks } from "../job-lock.ts";

/**
 * Store lock: a job locks a table, or the first rows of one, and then does nothing; requests that need them wait, and
 * hold the callers' connections meanwhile. Dose: the whole of `products` stops all that reads a product; of `users`
 * rows lock `rows / 950` of all orders out, each of which holds one of ten connections until its time limit.
 */
export const storeLock = fault<Locks>({
  kind: "store-lock",
  trigger: () => "job",
  plan: (state, locks) => [holdLocks(state, locks)],
  acts: (now) => (now["sessions.held"] ?? 0) >= 1 && (now["sessions.waiting"] ?? 0) >= 1,
});
