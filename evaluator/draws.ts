import { createHash } from "node:crypto";
import { seeded } from "../generator/phase.ts";

/**
 * What a seed draws for one scenario: how long its phases last, and when in them changes come. Another scenario's draws
 * differ at the same seed; else a clock would tell in every drill of a suite what it told in the first.
 */
export function drawsOf(scenario: string, seed: number): () => number {
  return seeded(createHash("sha256").update(`${scenario} ${seed}`).digest().readUInt32BE());
}
