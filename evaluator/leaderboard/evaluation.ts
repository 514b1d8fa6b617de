import type { Agent } from "../../agent/agent.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { readManifest } from "../archive/manifest.ts";
import type { Sealed } from "../archive/sealed.ts";
import { attend, openCase, witnessOf } from "../case.ts";
import { oracle } from "../references/oracle.ts";
import type { Verdict } from "../trial-record.ts";
import { type CaseRecord, recordOf } from "./case-record.ts";
import { differences, type Provenance, readProvenance } from "./provenance.ts";
import { addCase, addTrial, type Results, readResults, writeProvenance, writeResults } from "./results.ts";
import { shardOf } from "./shards.ts";
import { lineOf } from "./trial-line.ts";

export interface EvaluationOptions {
  readonly out: string;
  /** Directories of all cases of the corpus. */
  readonly cases: readonly string[];
  /** Who is to be compared. */
  readonly agents: readonly Agent[];
  /** Who stands beside them, once a case, as they use no chance. */
  readonly references: readonly Agent[];
  /** Names of all our scenarios. */
  readonly ours: ReadonlySet<string>;
  /** As it would stand in the results when all is done, but for its times. */
  readonly plan: Provenance;
  told(verdict: Verdict, done: number, of: number): void;
}

/** Knows the truth of each case, so it is made for each. */
export const ORACLE = "oracle";

/**
 * Lets every agent think over every recorded case of this shard, and writes each trial when it is done. What the folder
 * holds already is not done again.
 * @throws HarnessError (exit 2) when the folder holds results of another plan.
 */
export async function evaluate(options: EvaluationOptions, signal: AbortSignal): Promise<Results> {
  const { out, plan, told } = options;
  const before = await begun(options);
  const from = performance.now();
  const done = new Set(before.trials.map((one) => nameOf(one.case, one.agent, one.repeat)));
  const known = new Set(before.cases.map(({ id }) => id));
  const own = await ownCases(options);
  const total = own.length * (options.references.length + 1 + options.agents.length * plan.repeats);
  const clock = (): number => before.provenance.wallMs + performance.now() - from;
  for (const { directory, id } of own) {
    const jobs = jobsOf(options).filter(({ agent, repeat }) => !done.has(nameOf(id, agent, repeat)));
    if (jobs.length === 0 && known.has(id)) continue;
    signal.throwIfAborted();
    const open = await openCase(directory);
    const witness = witnessOf(open);
    if (!known.has(id)) await addCase(out, recordOf(open, witness, options.ours));
    for (const { repeat, reference, agentFor } of jobs) {
      const { verdict } = await attend(open, agentFor(open.sealed), signal, { repeat, witness });
      signal.throwIfAborted();
      await addTrial(out, lineOf(verdict, reference));
      done.add(nameOf(id, verdict.trial.agent, repeat));
      told(verdict, done.size, total);
    }
    await writeProvenance(out, { ...before.provenance, wallMs: clock() });
  }
  const all = await readResults(out);
  const results = { ...all, provenance: { ...before.provenance, wallMs: clock(), endedAt: Date.now() } };
  await writeResults(out, results);
  return results;
}

interface Job {
  readonly agent: string;
  readonly repeat: number;
  readonly reference: boolean;
  agentFor(sealed: Sealed): Agent;
}

function jobsOf({ agents, references, plan }: EvaluationOptions): Job[] {
  const repeats = Array.from({ length: plan.repeats }, (_, i) => i + 1);
  return [
    { agent: ORACLE, repeat: 1, reference: true, agentFor: oracle },
    ...references.map((one) => ({ agent: one.name, repeat: 1, reference: true, agentFor: () => one })),
    ...agents.flatMap((one) =>
      repeats.map((repeat) => ({ agent: one.name, repeat, reference: false, agentFor: () => one })),
    ),
  ];
}

/** What the folder holds, without what a killed run left half-written. */
async function begun({ out, plan }: EvaluationOptions): Promise<Results> {
  const found = await readProvenance(out);
  const fresh: Results = { provenance: plan, cases: [], trials: [] };
  if (found === undefined) {
    await writeResults(out, fresh);
    return fresh;
  }
  const differs = differences(found, plan);
  if (JSON.stringify(found.shard) !== JSON.stringify(plan.shard)) differs.push("shard");
  if (differs.length > 0)
    throw new HarnessError(`${out} holds results that differ in ${differs.join(", ")}`, {
      hint: "give another folder (--out), or go on with the same command and commit",
      exitCode: 2,
    });
  const results = await readResults(out);
  await writeResults(out, results);
  return results;
}

async function ownCases({ cases, plan }: EvaluationOptions): Promise<{ directory: string; id: CaseRecord["id"] }[]> {
  const named = await Promise.all(
    cases.map(async (directory) => ({ directory, id: (await readManifest(directory)).id })),
  );
  const { shard } = plan;
  return named.filter(({ id }) => shard === null || shardOf(id, shard.of) === shard.index);
}

const nameOf = (id: string, agent: string, repeat: number): string => JSON.stringify([id, agent, repeat]);
