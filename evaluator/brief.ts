import type { Brief } from "../agent/agent.ts";
import { seeded } from "../generator/phase.ts";

/** Streams of chance of one case lie this far apart, so that no repeat of a case meets another case's. */
const REPEAT = 1_000_003;

/** What an agent gets to know beside telemetry: nothing but its time. Each repeat has a chance of its own. */
export function briefOf({ seed }: { readonly seed: number }, repeat = 1): Brief {
  return { budget: 60 * 60_000, random: seeded(seed + 3 + REPEAT * (repeat - 1)) };
}
