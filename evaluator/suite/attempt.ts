import * as z from "zod";
import { answerOf } from "../answer.ts";
import type { Result } from "../result.ts";
import type { Verdict } from "../trial-record.ts";

/** One drill, held once, as a suite remembers it. */
export const Attempt = z.object({
  /** Folder of its recording and report, in the suite's; null when there is none. */
  run: z.string().nullable(),
  /** `failed`: it could not be held. */
  state: z.enum(["correct", "wrong", "no-answer", "agent-error", "invalid", "failed"]),
  incident: z.boolean(),
  /** Expected rank of the true cause, 1 is best; null if it is not in the answer or there is none. */
  rank: z.number().nullable(),
  named: z.array(z.string()),
  /** From the first harm that users felt to the alarm, ms; null when there was no such alarm. */
  ttdMs: z.number().nullable(),
  acAt1: z.number().nullable(),
  acAt3: z.number().nullable(),
  falseAlarms: z.number().nullable(),
  /** Why it does not count, a reason each. */
  why: z.array(z.string()),
  /** Quiet time before the drill that its agent could see, ms. */
  carriedMs: z.number(),
  /** From the start of its load to the end, ms. */
  tookMs: z.number(),
});
export type Attempt = z.infer<typeof Attempt>;

/** An invalid run or one that failed says nothing about an agent. */
export const counts = ({ state }: Attempt): boolean => state !== "invalid" && state !== "failed";

export function attemptOf(
  { trial, truth, state, measurements }: Verdict,
  { rank }: Pick<Result, "rank">,
  { run, carriedMs }: Pick<Attempt, "run" | "carriedMs">,
): Attempt {
  const value = (metric: string): number | null => {
    const measured = measurements.get(metric);
    return measured?.kind === "value" ? measured.value : null;
  };
  return {
    run,
    state,
    incident: truth.incident,
    rank,
    named: [...answerOf(trial.run, trial.findings).named],
    ttdMs: value("ttd-from-onset"),
    acAt1: value("ac-at-1"),
    acAt3: value("ac-at-3"),
    falseAlarms: value("false-alarms"),
    why: trial.validity.ok ? [] : trial.validity.broken.map(({ rule, saw }) => `${rule}: ${saw}`),
    carriedMs,
    tookMs: trial.run.endedAt - trial.run.startedAt,
  };
}

/** A drill that could not be held. */
export function failure(incident: boolean, error: unknown): Attempt {
  const why = [error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)];
  const nothing = { run: null, rank: null, named: [], ttdMs: null, acAt1: null, acAt3: null, falseAlarms: null };
  return { ...nothing, state: "failed", incident, why, carriedMs: 0, tookMs: 0 };
}
