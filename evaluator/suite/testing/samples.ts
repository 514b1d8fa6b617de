import type { Attempt } from "../attempt.ts";
import { type SuiteRecord, untried } from "../record.ts";

/** An attempt at an incident, named right after 12 s. */
export function attempt(change: Partial<Attempt> = {}): Attempt {
  return {
    run: "r",
    state: "correct",
    incident: true,
    rank: 1,
    named: ["a"],
    ttdMs: 12_000,
    acAt1: 1,
    acAt3: 1,
    falseAlarms: 0,
    why: [],
    carriedMs: 50_000,
    tookMs: 200_000,
    ...change,
  };
}

export const invalid: Attempt = attempt({ state: "invalid", why: ["users hurt: no onset (dud)"] });
export const control: Attempt = attempt({
  incident: false,
  rank: null,
  named: [],
  ttdMs: null,
  acAt1: null,
  acAt3: null,
});

/** A suite with these attempts, by scenario. */
export function record(attempts: Readonly<Record<string, readonly Attempt[]>>, seed = 1): SuiteRecord {
  return {
    schema: 1,
    suite: "sample",
    agent: "statistical",
    otlp: "http",
    firedrill: "0.1.0",
    commit: null,
    startedAt: 0,
    endedAt: null,
    wallMs: 60_000,
    drills: Object.entries(attempts).map(([scenario, all]) => ({ ...untried({ scenario, seed }), attempts: [...all] })),
  };
}
