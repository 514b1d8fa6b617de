import type { Agent } from "../../agent/agent.ts";
import { type Examined, examine } from "../evaluate.ts";
import type { Limits } from "../limits.ts";
import type { Verdict } from "../trial-record.ts";
import type { CaseScore } from "./accepted.ts";
import { repeated } from "./repeated.ts";
import { meanScore, namedBy, runScoreOf, scoreOf } from "./score.ts";
import type { Hard } from "./verdict.ts";

/** Told of each case when all its repeats are done. */
export type Progress = (title: string, score: CaseScore, done: number, of: number) => void;
export interface Play {
  readonly cases: readonly string[];
  readonly agent: Agent;
  /** Numbers of the repeats, one run a case for each. */
  readonly repeats: readonly number[];
  readonly limits: Limits;
  readonly told: Progress;
}

/** Lets an agent answer each case as often as asked. A case on which it fails is scored so, and the next one follows. */
export async function play(
  { cases, agent, repeats, limits, told }: Play,
  signal: AbortSignal,
): Promise<readonly Examined[]> {
  const agents = repeats.map((repeat) => repeated(agent, repeat));
  const all: Examined[] = [];
  for await (const examined of examine(cases, agents, signal, limits)) {
    all.push(examined);
    told(titleOf(examined.oracle), meanOf(examined), all.length, cases.length);
  }
  return all;
}

/** What is said of a case over all its runs; of one run, exactly that. */
export function meanOf({ verdicts, oracle }: Examined): CaseScore {
  const [only, ...more] = verdicts;
  if (only && more.length === 0) return scoreOf(only);
  const runs = verdicts.map((verdict, i) => runScoreOf(verdict, i + 1));
  return meanScore(scoreOf(oracle).cluster, runs);
}

/** What people call a case, and what was named in its first run, by id. */
export function wordsOf(all: readonly Examined[]): Words {
  return {
    titles: Object.fromEntries(all.map(({ id, oracle }) => [id, titleOf(oracle)])),
    named: Object.fromEntries(all.map(({ id, verdicts: [first] }) => [id, first ? namedBy(first) : []])),
  };
}
interface Words {
  readonly titles: Readonly<Record<string, string>>;
  readonly named: Readonly<Record<string, readonly string[]>>;
}

export function titleOf({ trial: { run } }: Verdict): string {
  return `${run.scenario}, seed ${run.seed}`;
}

/** Whatever was accepted, these must hold. A control is accused when most runs accuse it. */
export function hardOf(all: readonly Examined[], allowed: number): Hard {
  const incidents = all.filter(({ oracle: { truth } }) => truth.incident);
  const mean = (of: (one: Examined) => Verdict): number =>
    incidents.reduce((sum, one) => sum + scoreOf(of(one)).exact_set, 0) / Math.max(1, incidents.length);
  const controls = all.filter(({ oracle: { truth } }) => !truth.incident);
  const accused = ({ verdicts }: Examined): boolean =>
    2 * verdicts.filter(({ state }) => state === "wrong").length > verdicts.length;
  return {
    oracle: incidents.length === 0 ? 1 : mean((one) => one.oracle),
    silent: mean((one) => one.silent),
    leaks: all.reduce((sum, { oracle: { trial } }) => sum + trial.run.health.leaks + trial.run.health.redactions, 0),
    accusations: controls.filter(accused).map(({ id }) => id),
    allowed,
    invalid: all.filter(({ oracle: { state } }) => state === "invalid").map(({ id }) => id),
  };
}
