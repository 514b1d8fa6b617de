import type { Agent } from "../agent/agent.ts";
import { silent } from "../agent/agents/silent.ts";
import type { Millis } from "../agent/telemetry/model.ts";
import { attend, openCase, openSealed } from "./case.ts";
import { atOnceOf, isAway } from "./crew/away.ts";
import { inOrder } from "./crew/in-order.ts";
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

/**
 * Lets each agent think over each case and hands over what they said, in the order of the cases. Of agents that think in
 * threads, several cases are under way at once; what they say does not depend on how many.
 */
export function examine(
  cases: readonly string[],
  agents: readonly Agent[],
  signal: AbortSignal,
  limits?: Limits,
): AsyncGenerator<Examined> {
  return inOrder(cases, atOnceOf(agents), signal, (directory, stop) => examineOne(directory, agents, stop, limits));
}

async function examineOne(
  directory: string,
  agents: readonly Agent[],
  signal: AbortSignal,
  limits: Limits | undefined,
): Promise<Examined> {
  // The two that prove the harness look at no telemetry.
  const open = await (agents.every(isAway) ? openSealed(directory) : openCase(directory));
  const verdictOf = async (agent: Agent): Promise<Verdict> =>
    (await attend(open, agent, signal, { ...(limits ? { limits } : {}), claims: !isProof(agent) })).verdict;
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

/** The two that prove the harness prove nothing they say. */
const isProof = ({ name }: Agent): boolean => name === "oracle" || name === silent.name;
