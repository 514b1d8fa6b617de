import type { Brief } from "../agent/agent.ts";
import { seeded } from "../generator/phase.ts";

/** What an agent gets to know beside telemetry: nothing but its time. */
export function briefOf({ seed }: { readonly seed: number }): Brief {
  return { budget: 60 * 60_000, random: seeded(seed + 3) };
}
