import * as z from "zod";
import { type Split, splitOf } from "../../scenarios/split.ts";
import type { Sealed } from "../archive/sealed.ts";
import type { Case } from "../case.ts";
import { clusterOf } from "../gate/score.ts";
import type { Witness } from "../witness.ts";

/** `public`: a recording that none of our scenarios made; nobody knows who was tuned on it. */
export type Part = Split | "public";
export const PARTS: readonly Part[] = ["development", "held-out", "public"];

const File = z.object({
  id: z.string(),
  part: z.enum(["development", "held-out", "public"]),
  /** Cases that resemble each other. */
  cluster: z.string(),
  run: z.looseObject({ id: z.string(), case: z.string(), scenario: z.string(), seed: z.number() }),
  truth: z.looseObject({ incident: z.boolean() }),
  /** Who called whom in healthy time. */
  edges: z.array(z.tuple([z.string(), z.string()])),
  /** Paths inside the recording. */
  files: z.array(z.string()),
  /** Recorded time, ms. */
  replayedMs: z.number(),
});

/** A case as the results of an evaluation remember it: all that a score needs, without the telemetry. */
export type CaseRecord = Omit<z.infer<typeof File>, keyof Sealed> & Sealed;

/** Throws a ZodError when it is none. */
export const caseRecord = (value: unknown): CaseRecord => File.parse(value) as unknown as CaseRecord;

/** `ours`: names of all scenarios. What users felt in each 5 s is left in the recording's truth. */
export function recordOf({ manifest, sealed }: Case, { edges }: Witness, ours: ReadonlySet<string>): CaseRecord {
  const { run, truth } = sealed;
  const { start, end } = manifest.clock;
  return {
    id: manifest.id,
    part: ours.has(run.scenario) ? splitOf(run.scenario) : "public",
    cluster: clusterOf(sealed),
    run: { ...run, users: {} },
    truth,
    edges: edges.map(([caller, callee]) => [caller, callee]),
    files: manifest.files.map(({ path }) => path),
    replayedMs: end - start,
  };
}

/** What people call a case. */
export const titleOf = ({ run }: Pick<CaseRecord, "run">): string => `${run.scenario}, seed ${run.seed}`;
