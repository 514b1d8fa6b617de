import type { Agent } from "../../agent/agent.ts";
import type { Sealed } from "../archive/sealed.ts";
import { attend, type Case } from "../case.ts";
import { fingerprint } from "../leaderboard/trial-line.ts";

/**
 * Whether an agent says the very same, byte for byte, when the truth beside the recording is another one. If not, the
 * truth has found a way to it. The seed stays: an agent's chance is no truth.
 */
export async function sameWhateverTheTruth(
  open: Case,
  { run, truth }: Sealed,
  agent: Agent,
  signal: AbortSignal,
): Promise<boolean> {
  const { seed } = open.sealed.run;
  const swapped: Case = { ...open, sealed: { run: { ...run, seed }, truth } };
  const said = async (of: Case): Promise<string> =>
    fingerprint((await attend(of, agent, signal)).verdict.trial.findings);
  return (await said(open)) === (await said(swapped));
}
