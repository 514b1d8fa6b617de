import type { Agent } from "../../agent/agent.ts";
import { readManifest } from "../archive/manifest.ts";
import { readTruth } from "../archive/sealed.ts";
import { truthOf } from "../case.ts";
import { LIMITS } from "../limits.ts";
import { isAway, type Job } from "./away.ts";

/** Who is asked about each case, in this order: references once, the others so many times. */
export interface Asked {
  readonly cases: readonly string[];
  readonly references: readonly Agent[];
  readonly agents: readonly Agent[];
  readonly repeats: number;
}

/** What an evaluation will ask for, case by case; of agents that think here, nothing. */
export async function expected({ cases, references, agents, repeats }: Asked): Promise<readonly Job[]> {
  const all = [
    ...references.map((agent) => ({ agent, repeat: 1 })),
    ...agents.flatMap((agent) => Array.from({ length: repeats }, (_, i) => ({ agent, repeat: i + 1 }))),
  ];
  const jobs: Job[] = [];
  for (const directory of cases) {
    const { run } = await readTruth(truthOf(directory), await readManifest(directory));
    for (const { agent, repeat } of all)
      if (isAway(agent)) jobs.push(agent.job({ directory, seed: run.seed, repeat, limits: LIMITS, claims: false }));
  }
  return jobs;
}
