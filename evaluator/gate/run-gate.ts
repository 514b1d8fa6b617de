import type { Agent } from "../../agent/agent.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { casesOf, hashOf } from "../case.ts";
import type { Examined } from "../evaluate.ts";
import type { Limits } from "../limits.ts";
import type { Accepted, AcceptedRuns, AcceptedScores } from "./accepted.ts";
import { lookByLook } from "./by-chance.ts";
import { type Comparison, compare } from "./exact.ts";
import { belowFloors, type Floors, type Runs } from "./floors.ts";
import { hardOf, meanOf, type Progress, play, wordsOf } from "./played.ts";
import { powerAt, powerTold } from "./power.ts";
import { knownOf, meanScore, runScoreOf } from "./score.ts";
import { type GateResult, judgeGate } from "./verdict.ts";

export interface GateOptions {
  readonly corpus: string;
  readonly agent: Agent;
  readonly accepted: Accepted;
  /** Controls that may be alarmed at or accused. */
  readonly allowed: number;
  /** Compare the cases that both hold, though the corpus is another one. */
  readonly partial: boolean;
  /** Cases that decide nothing for now. */
  readonly quarantined: ReadonlySet<string>;
  /** For an agent that answers by chance: the accepted one, if it can still be run, and the most runs a case. */
  readonly fresh: Agent | undefined;
  readonly upTo: number;
  /** What must be reached whatever was accepted. */
  readonly floors: Floors;
  readonly limits: Limits;
  readonly told: Progress;
}

/**
 * Scores the agent on every recorded case and holds the scores against the accepted ones: case by case, or, where
 * several runs a case were accepted, by look after look at as many runs as it takes.
 * @throws HarnessError (exit 2) when the accepted scores are of another corpus or of another agent.
 */
export async function runGate(options: GateOptions, signal: AbortSignal): Promise<GateResult> {
  const { accepted } = options;
  const cases = await casesOf(options.corpus);
  requireSame(options, { sha256: await hashOf(cases), cases: cases.length });
  const from = performance.now();
  const found =
    accepted.schemaVersion === 1
      ? await exactly(options, accepted, cases, signal)
      : await byChance(options, accepted, cases, signal);
  const { all, notes, ...rest } = found;
  const below = belowFloors(options.floors, all.map(runsOf));
  const partial = partialTold(options, found.comparison);
  return {
    ...rest,
    ...(below.length > 0 ? { outcome: "fail" as const } : {}),
    reasons: [...rest.reasons, ...below],
    ...wordsOf(all),
    notes: [...notes, ...partial, ...quarantineTold(options)],
    agent: options.agent.name,
    now: Object.fromEntries(all.map((one) => [one.id, meanOf(one)])),
    wallMs: performance.now() - from,
    replayedMs: all.reduce((sum, { lasted, verdicts }) => sum + lasted * verdicts.length, 0),
  };
}

type Found = Pick<GateResult, "outcome" | "reasons" | "comparison" | "looked" | "notes"> & {
  readonly all: readonly Examined[];
};

async function exactly(
  options: GateOptions,
  accepted: AcceptedScores,
  cases: readonly string[],
  signal: AbortSignal,
): Promise<Found> {
  const all = (await play({ ...options, cases, repeats: [1] }, signal)).filter(judged(options));
  const now = Object.fromEntries(all.map((one) => [one.id, meanOf(one)]));
  const comparison = compare(now, { cases: without(accepted.cases, options.quarantined) });
  const { titles, named } = wordsOf(all);
  const clusters = clustersOf(all);
  return {
    ...judgeGate(whole(options, comparison), hardOf(all, options.allowed), titles, named),
    all,
    comparison,
    looked: null,
    notes: [powerTold(clusters, powerAt(clusters))],
  };
}

async function byChance(
  options: GateOptions,
  accepted: AcceptedRuns,
  cases: readonly string[],
  signal: AbortSignal,
): Promise<Found> {
  const held = { ...accepted, cases: without(accepted.cases, options.quarantined) };
  const { looked, all: every, confirmed } = await lookByLook({ ...options, accepted: held, cases }, signal);
  const all = every.filter(judged(options));
  const now = Object.fromEntries(all.map((one) => [one.id, meanOf(one)]));
  const before = Object.entries(held.cases).map(([id, { cluster, runs }]) => [id, meanScore(cluster, runs)] as const);
  const comparison = unlisted(compare(now, { cases: Object.fromEntries(before) }));
  const { titles, named } = wordsOf(all);
  // Recordings that do not count are a share of the runs here, which a look judges.
  const hard = judgeGate(whole(options, comparison), { ...hardOf(all, options.allowed), invalid: [] }, titles, named);
  const outcome = looked.decision === "pass" || looked.decision === "fail" ? looked.decision : "inconclusive";
  const worst = [hard.outcome, outcome];
  return {
    outcome: worst.includes("fail") ? "fail" : worst.includes("inconclusive") ? "inconclusive" : "pass",
    reasons: [...hard.reasons, ...looked.reasons],
    all,
    comparison,
    looked,
    notes: confirmTold(looked.decision, confirmed),
  };
}

function confirmTold(decision: string, confirmed: boolean): string[] {
  if (confirmed) return ["the accepted agent was run again, to see whether its accepted runs were lucky"];
  if (decision !== "fail") return [];
  return ["not confirmed: the accepted agent was not run again (--confirm-with names it)"];
}

const judged =
  ({ accepted, partial, quarantined }: GateOptions) =>
  ({ id }: Examined): boolean =>
    !quarantined.has(id) && (!partial || id in accepted.cases);

function without<T>(cases: Readonly<Record<string, T>>, ids: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(cases).filter(([id]) => !ids.has(id)));
}

/** Of a partial comparison, what is missing on one side is told and decides nothing. */
function whole({ partial }: GateOptions, comparison: Comparison): Comparison {
  return partial ? { ...comparison, missing: [], unknown: [] } : comparison;
}

/** One case more or less is nothing where answers are drawn: no case is listed as lost. */
function unlisted(comparison: Comparison): Comparison {
  const { lost, won, same } = comparison;
  return { ...comparison, lost: [], won: [], same: lost.length + won.length + same };
}

function partialTold({ partial, accepted }: GateOptions, { missing }: Comparison): string[] {
  if (!partial) return [];
  const compared = Object.keys(accepted.cases).length - missing.length;
  return [`partial: ${compared} cases are compared; ${missing.length} accepted ones are not in this corpus`];
}

function quarantineTold({ quarantined }: GateOptions): string[] {
  return quarantined.size === 0 ? [] : [`in quarantine, deciding nothing: ${[...quarantined].sort().join(", ")}`];
}

function clustersOf(all: readonly Examined[]): number {
  const incidents = all.filter(({ oracle: { truth } }) => truth.incident);
  return new Set(incidents.map((one) => meanOf(one).cluster)).size;
}

function requireSame({ accepted, agent, partial }: GateOptions, corpus: Accepted["corpus"]): void {
  if (accepted.agent.name !== agent.name)
    throw new HarnessError(`the accepted results are of the agent ${accepted.agent.name}, not ${agent.name}`, {
      hint: `--accepted <file> names another; npm run gate -- accept --agent ${agent.name} --accepted <file> writes one`,
      exitCode: 2,
    });
  if (!partial && accepted.corpus.sha256 !== corpus.sha256)
    throw new HarnessError(
      `the accepted results are of another corpus (${accepted.corpus.cases} cases) than this one (${corpus.cases})`,
      { hint: "accept anew, or compare the cases that both hold (--allow-partial)", exitCode: 2 },
    );
}

function runsOf({ oracle: { trial, truth }, verdicts }: Examined): Runs {
  return { known: knownOf({ run: trial.run, truth }), runs: verdicts.map((one, i) => runScoreOf(one, i + 1)) };
}
