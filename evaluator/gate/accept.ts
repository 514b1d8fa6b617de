import type { Agent } from "../../agent/agent.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { casesOf, hashOf } from "../case.ts";
import type { Examined } from "../evaluate.ts";
import type { Limits } from "../limits.ts";
import { commit, VERSION } from "../version.ts";
import type { Accepted } from "./accepted.ts";
import { compare } from "./exact.ts";
import { hardOf, meanOf, type Progress, play, wordsOf } from "./played.ts";
import type { Reason } from "./reason.ts";
import { numbers } from "./repeated.ts";
import { FEWEST_RUNS, RULES } from "./rules.ts";
import { namedBy, runScoreOf, scoreOf } from "./score.ts";
import { judgeGate } from "./verdict.ts";

export interface AcceptOptions {
  readonly corpus: string;
  readonly agent: Agent;
  readonly reason: string;
  /** Runs a case: 1 for an agent that says the same every time, which is tried, else five or more. */
  readonly repeats: number;
  /** Controls that may be alarmed at or accused. */
  readonly allowed: number;
  readonly limits: Limits;
  readonly told: Progress;
}
export interface Acceptance {
  readonly accepted: Accepted;
  readonly titles: Readonly<Record<string, string>>;
  /** Why these scores cannot be accepted; empty when they can. */
  readonly refused: readonly Reason[];
}

/**
 * Scores the agent on every case, to be the measure from now on.
 * @throws HarnessError (exit 2) for too few repeats, or an agent that answers by chance where one run is asked for.
 */
export async function accept(options: AcceptOptions, signal: AbortSignal): Promise<Acceptance> {
  const { agent, repeats, reason } = options;
  requireEnough(repeats);
  const cases = await casesOf(options.corpus);
  const sha256 = await hashOf(cases);
  const once = repeats === 1;
  // One run tells nothing of chance: a second one, with another seed, does.
  const all = await play({ ...options, cases, repeats: numbers(1, 0, once ? 2 : repeats) }, signal);
  if (once) requireTheSame(all);
  const head = {
    firedrill: VERSION,
    createdAt: new Date().toISOString(),
    reason,
    corpus: { sha256, cases: cases.length },
  };
  const named = { name: agent.name, commit: await commit() };
  const accepted: Accepted = once
    ? { schemaVersion: 1, ...head, agent: { ...named, deterministic: true }, cases: byId(all, firstOf) }
    : { schemaVersion: 2, ...head, agent: { ...named, deterministic: false }, gate: RULES, cases: byId(all, runsOf) };
  const words = wordsOf(all);
  const now = byId(all, meanOf);
  const { reasons } = judgeGate(compare(now, { cases: now }), hardOf(all, options.allowed), words.titles, words.named);
  return { accepted, titles: words.titles, refused: reasons };
}

function byId<T>(all: readonly Examined[], of: (one: Examined) => T): Record<string, T> {
  return Object.fromEntries(all.map((one) => [one.id, of(one)]));
}

function firstOf(examined: Examined) {
  const [first] = examined.verdicts;
  return first ? scoreOf(first) : meanOf(examined);
}

function runsOf({ verdicts, oracle }: Examined) {
  return { cluster: scoreOf(oracle).cluster, runs: verdicts.map((one, i) => runScoreOf(one, i + 1)) };
}

function requireEnough(repeats: number): void {
  if (repeats === 1 || repeats >= FEWEST_RUNS) return;
  throw new HarnessError(`${repeats} runs a case are too few to hold an agent against`, {
    hint: `--repeats ${FEWEST_RUNS} or more; 1 for an agent that says the same every time`,
    exitCode: 2,
  });
}

function requireTheSame(all: readonly Examined[]): void {
  const said = (one: Examined, i: number): string => {
    const verdict = one.verdicts[i];
    return verdict ? JSON.stringify([scoreOf(verdict), namedBy(verdict)]) : "";
  };
  const other = all.filter((one) => said(one, 0) !== said(one, 1));
  if (other.length === 0) return;
  throw new HarnessError(`the agent answers by chance: asked twice, it answered ${other.length} cases otherwise`, {
    hint: `accept several runs a case: --repeats ${FEWEST_RUNS}`,
    exitCode: 2,
  });
}
