import { randomBytes } from "node:crypto";

const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

/** When, to the second, UTC, as it may stand in the name of a folder. */
export const stampOf = (at: Date): string => at.toISOString().slice(0, 19).replaceAll(":", "-");

/** Name of a run for people and folders: when, which scenario, which seed. */
export function runId(at: Date, scenario: string, seed: number): string {
  return `${stampOf(at)}-${scenario}-${seed}`;
}

/** Name of a recording for agents: eight letters that say nothing. */
export function caseId(): string {
  return [...randomBytes(8)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
