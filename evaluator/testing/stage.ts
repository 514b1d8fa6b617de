import { mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { Agent } from "../../agent/agent.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import type { Show } from "../perform.ts";
import type { TrialOptions } from "../trial.ts";

/** Directories of its own for one real drill, but for the built apps, which are kept between tests. */
export interface Stage extends AsyncDisposable {
  readonly root: string;
  readonly state: string;
  readonly lines: string[];
  options(name: string, scenario: Scenario, agent: Agent, seed: number): TrialOptions;
}

export async function stage(): Promise<Stage> {
  const root = await mkdtemp(join(tmpdir(), "stage-"));
  const state = join(root, "state");
  const lines: string[] = [];
  const show: Show = {
    line: (text) => void lines.push(text),
    event: () => undefined,
    plan: () => undefined,
  };
  return {
    root,
    state,
    lines,
    options: (name, scenario, agent, seed) => ({
      id: `${name}-${seed}`,
      case: "abcdefgh",
      name,
      scenario,
      agent,
      seed,
      full: false,
      knees: {},
      otlp: "http",
      state,
      cache: join(homedir(), ".cache", "sample-apps"),
      out: join(root, "out"),
      show,
    }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
