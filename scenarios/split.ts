import { createHash } from "node:crypto";

/** On development scenarios an engine may be tuned; on held-out ones nobody tunes anything, they are only measured. */
export type Split = "development" | "held-out";
export const SPLITS: readonly Split[] = ["development", "held-out"];

/** What the engine was written on, before there was a split: seen, so never held out. */
const SEEN: ReadonlySet<string> = new Set([
  "baseline",
  "benign-surge",
  "go-otel-slow-edge",
  "java-otel-bad-records",
  "java-otel-slow-store",
  "java-otel-spike",
]);

/** A third of all other names is held out, by a hash of the name: nobody chooses which. */
export function splitOf(name: string): Split {
  if (SEEN.has(name)) return "development";
  const [first = 0] = createHash("sha256").update(name).digest();
  return first % 3 === 0 ? "held-out" : "development";
}
