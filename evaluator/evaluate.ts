import type { Agent } from "../agent/agent.ts";
import { silent } from "../agent/agents/silent.ts";
import type { Millis } from "../agent/telemetry/model.ts";
import { attend, type Case, openCase } from "./case.ts";
import type { Limits } from "./limits.ts";
import { oracle } from "./references/oracle.ts";
import type { Verdict } from "./trial-record.ts";

/** What agents, and the two that prove the harness, said of one case. */
export interface Examined {
  readonly id: string;
  /** Recorded time that was replayed, for each agent. */
  readonly lasted: Millis;
  readonly verdicts: readonly Verdict[];
  readonly oracle: Verdict;
  readonly silent: Verdict;
}

/** Lets each agent think over each case, one after the other, and hands over what they said as it comes. */
export async function* examine(
  cases: readonly string[],
  agents: readonly Agent[],
  signal: AbortSignal,
  limits?: Limits,
): AsyncGenerator<Examined> {
  for (const directory of cases) {
    signal.throwIfAborted();
    yield await examineOne(await openCase(directory), agents, signal, limits);
  }
}

async function examineOne(
  open: Case,
  agents: readonly Agent[],
  signal: AbortSignal,
  limits: Limits | undefined,
): Promise<Examined> {
  const verdictOf = async (agent: Agent): Promise<Verdict> =>
    (await attend(open, agent, signal, limits ? { limits } : {})).verdict;
  const verdicts: Verdict[] = [];
  for (const agent of agents) verdicts.push(await verdictOf(agent));
  const { clock, id } = open.manifest;
  return {
    id,
    lasted: clock.end - clock.start,
    verdicts,
    oracle: await verdictOf(oracle(open.sealed)),
    silent: await verdictOf(silent),
  };
}
