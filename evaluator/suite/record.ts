import * as z from "zod";
import { splitOf } from "../../scenarios/split.ts";
import { Attempt } from "./attempt.ts";
import { figuresOf } from "./figures.ts";
import type { Drill } from "./order.ts";

/** What a suite has done so far: by it an interrupted one goes on, and others read its results. */
export const SuiteRecord = z.object({
  schema: z.literal(1),
  /** Its name, or `chosen` for scenarios named one by one. */
  suite: z.string(),
  agent: z.string(),
  /** How the apps sent their telemetry. */
  otlp: z.string(),
  firedrill: z.string(),
  commit: z.string().nullable(),
  startedAt: z.number(),
  /** Null until it has run to its end. */
  endedAt: z.number().nullable(),
  /** Time spent, ms; interruptions do not count. */
  wallMs: z.number(),
  drills: z.array(
    z.object({
      scenario: z.string(),
      seed: z.number(),
      split: z.enum(["development", "held-out"]),
      attempts: z.array(Attempt),
    }),
  ),
});
export type SuiteRecord = z.infer<typeof SuiteRecord>;

/** A drill that has not been tried. */
export const untried = ({ scenario, seed }: Drill): SuiteRecord["drills"][number] => ({
  scenario,
  seed,
  split: splitOf(scenario),
  attempts: [],
});

/** As `--json` prints it: the record, and the figures that come of it. */
export const document = (record: SuiteRecord): object => ({ ...record, figures: figuresOf(record.drills) });
