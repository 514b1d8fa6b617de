import type { Agent } from "../../agent/agent.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { casesOf, hashOf } from "../case.ts";
import { type Examined, examine } from "../evaluate.ts";
import type { Verdict } from "../trial-record.ts";
import type { Accepted, CaseScore } from "./accepted.ts";
import { compare } from "./exact.ts";
import { namedBy, scoreOf } from "./score.ts";
import { type GateResult, type Hard, judgeGate } from "./verdict.ts";

export interface GateOptions {
  readonly corpus: string;
  readonly agent: Agent;
  /** Undefined: nothing is compared, only scored. */
  readonly accepted: Accepted | undefined;
  /** Controls that may be alarmed at or accused. */
  readonly allowed: number;
  told(title: string, score: CaseScore, done: number, of: number): void;
}
export interface Gated {
  readonly result: GateResult;
  readonly corpus: Accepted["corpus"];
}

/**
 * Scores the agent on every recorded case and holds the scores against the accepted ones.
 * @throws HarnessError (exit 2) when the accepted scores are of another corpus or of another agent.
 */
export async function runGate(options: GateOptions, signal: AbortSignal): Promise<Gated> {
  const cases = await casesOf(options.corpus);
  const corpus = { sha256: await hashOf(cases), cases: cases.length };
  requireSame(options, corpus);
  const from = performance.now();
  const all: Examined[] = [];
  for await (const examined of examine(cases, [options.agent], signal)) {
    all.push(examined);
    const [verdict] = examined.verdicts;
    if (verdict) options.told(titleOf(verdict), scoreOf(verdict), all.length, cases.length);
  }
  const own = all.flatMap(({ id, verdicts }) => verdicts.map((verdict) => [id, verdict] as const));
  const now = Object.fromEntries(own.map(([id, verdict]) => [id, scoreOf(verdict)]));
  const titles = Object.fromEntries(own.map(([id, verdict]) => [id, titleOf(verdict)]));
  const named = Object.fromEntries(own.map(([id, verdict]) => [id, namedBy(verdict)]));
  const comparison = compare(now, options.accepted ?? { cases: now });
  const judged = judgeGate(comparison, hardOf(all, options.allowed), titles, named);
  const replayedMs = all.reduce((sum, { lasted }) => sum + lasted, 0);
  const { name: agent } = options.agent;
  return {
    corpus,
    result: { ...judged, agent, comparison, now, titles, named, wallMs: performance.now() - from, replayedMs },
  };
}

function requireSame({ accepted, agent }: GateOptions, corpus: Accepted["corpus"]): void {
  if (accepted === undefined) return;
  if (accepted.agent.name !== agent.name)
    throw new HarnessError(`the accepted results are of the agent ${accepted.agent.name}, not ${agent.name}`, {
      hint: `--accepted <file> names another; npm run gate -- accept --agent ${agent.name} --accepted <file> writes one`,
      exitCode: 2,
    });
  if (accepted.corpus.sha256 !== corpus.sha256)
    throw new HarnessError(
      `the accepted results are of another corpus (${accepted.corpus.cases} cases) than this one (${corpus.cases})`,
      { hint: "scores of different recordings cannot be compared; accept anew", exitCode: 2 },
    );
}

function titleOf({ trial: { run } }: Verdict): string {
  return `${run.scenario}, seed ${run.seed}`;
}

function hardOf(all: readonly Examined[], allowed: number): Hard {
  const incidents = all.filter(({ oracle: { truth } }) => truth.incident);
  const mean = (of: (one: Examined) => Verdict): number =>
    incidents.reduce((sum, one) => sum + scoreOf(of(one)).exact_set, 0) / Math.max(1, incidents.length);
  const controls = all.filter(({ oracle: { truth } }) => !truth.incident);
  return {
    oracle: incidents.length === 0 ? 1 : mean((one) => one.oracle),
    silent: mean((one) => one.silent),
    leaks: all.reduce((sum, { oracle: { trial } }) => sum + trial.run.health.leaks + trial.run.health.redactions, 0),
    accusations: controls.filter(({ verdicts }) => verdicts.some(({ state }) => state === "wrong")).map(({ id }) => id),
    allowed,
    invalid: all.filter(({ oracle: { state } }) => state === "invalid").map(({ id }) => id),
  };
}
