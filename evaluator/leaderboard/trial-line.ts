import { createHash } from "node:crypto";
import * as z from "zod";
import type { Stamped } from "../../agent/investigation.ts";
import { answerOf, judgedDiagnosis } from "../answer.ts";
import { canonical } from "../archive/canonical.ts";
import type { Verdict } from "../trial-record.ts";

const unit = z.enum(["share", "ms", "count", "usd", "per-hour"]);
const Measured = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("value"), value: z.number(), unit }),
  z.object({ kind: z.literal("censored"), after: z.number(), unit }),
  z.object({ kind: z.literal("not-applicable"), why: z.string(), unit }),
  z.object({ kind: z.literal("missing"), why: z.string(), unit }),
]);

/** One agent on one case, a line of trials.jsonl. */
export const TrialLine = z.object({
  agent: z.string(),
  /** Not asked for: it stands beside the others so that their figures mean something. */
  reference: z.boolean(),
  case: z.string(),
  repeat: z.int().positive(),
  state: z.enum(["correct", "wrong", "no-answer", "agent-error", "invalid"]),
  answer: z.object({
    named: z.array(z.string()),
    /** Best first; equal confidence is one group. */
    ranked: z.array(z.array(z.string())),
    classes: z.array(z.string()),
    trigger: z.string().nullable(),
    confidence: z.number().nullable(),
    /** When it was said, ms since 1970. */
    at: z.number().nullable(),
  }),
  measurements: z.record(z.string(), Measured),
  crashed: z.string().nullable(),
  /** Wall time, ms: the one part that differs from run to run of an agent without chance. */
  thinking: z.object({ total: z.number(), longestTick: z.number() }),
  /** Of everything it said, in full: two runs of an agent without chance have the same. */
  sha256: z.string(),
  /** What it said, without its pictures of the whole. */
  findings: z.array(z.looseObject({ kind: z.string(), at: z.number() })),
});
export type TrialLine = z.infer<typeof TrialLine>;
export type Measured = z.infer<typeof Measured>;

export function lineOf({ trial, state, measurements }: Verdict, reference: boolean): TrialLine {
  const { run, findings, agent, repeat, crashed, thinking } = trial;
  const { named, ranked, pairs, confidence, at } = answerOf(run, findings);
  const said = judgedDiagnosis(run, findings);
  return {
    agent,
    reference,
    case: run.case,
    repeat,
    state,
    answer: {
      named: [...named],
      ranked: ranked.map((group) => [...group]),
      classes: pairs.flat().map(({ component, cause }) => `${component}: ${cause}`),
      trigger: said?.hypotheses[0]?.trigger ?? null,
      confidence,
      at,
    },
    measurements: Object.fromEntries(measurements),
    crashed,
    thinking: { total: thinking.total, longestTick: thinking.longestTick },
    sha256: fingerprint(findings),
    findings: findings.map(slim),
  };
}

/** Of what was said and when; how long an agent thought over it is no part of it. */
export function fingerprint(findings: readonly Stamped[]): string {
  const said = findings.map(({ thinking: _, ...rest }) => rest);
  return createHash("sha256").update(canonical(said)).digest("hex");
}

function slim(finding: Stamped): TrialLine["findings"][number] {
  const { kind, at } = finding;
  switch (finding.kind) {
    case "learned":
      return { kind, at };
    case "all-clear":
      return { kind, at, text: finding.text, gaps: finding.gaps };
    case "alarm":
      return { kind, at, component: finding.component, text: finding.text, evidence: finding.evidence };
    case "diagnosis": {
      const { outcome, hypotheses, named, gaps, picture } = finding;
      const remedies = (picture.remedies ?? []).map((one) => ({ kind: one.kind, component: one.component }));
      return { kind, at, outcome, hypotheses, named, gaps, picture: { remedies } };
    }
  }
}
