import type { Agent } from "../../agent/agent.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import type { Examined } from "../evaluate.ts";
import type { AcceptedRuns, CaseRuns } from "./accepted.ts";
import { type Looked, look } from "./look.ts";
import type { Pair } from "./measures.ts";
import { type Play, play } from "./played.ts";
import { CANDIDATE, numbers } from "./repeated.ts";
import { knownOf, runScoreOf } from "./score.ts";

export interface ByChance extends Omit<Play, "repeats"> {
  readonly accepted: AcceptedRuns;
  /** The agent as it was when its runs were accepted, if it can still be run: it confirms a red gate. */
  readonly fresh: Agent | undefined;
  /** At most so many runs a case now; fewer than the last look asks for: the answer may be that more are needed. */
  readonly upTo: number;
}
export interface Course {
  readonly looked: Looked;
  /** Every case with the verdicts of all runs. */
  readonly all: readonly Examined[];
  /** Whether fresh runs of the accepted agent were made. */
  readonly confirmed: boolean;
}

/** Runs the agent until a look decides, or the runs are used up. */
export async function lookByLook(options: ByChance, signal: AbortSignal): Promise<Course> {
  const { accepted, fresh, upTo } = options;
  const { looks, confirm } = accepted.gate;
  let before: Readonly<Record<string, CaseRuns>> = accepted.cases;
  let all: readonly Examined[] = [];
  let looked: Looked | undefined;
  let confirmed = false;
  for (const repeats of looks.filter((one) => one <= upTo)) {
    const due = numbers(CANDIDATE, all[0]?.verdicts.length ?? 0, repeats);
    all = joined(all, await play({ ...options, repeats: due }, signal));
    const standing = { last: repeats === looks.at(-1), confirmable: !confirmed && fresh !== undefined && confirm > 0 };
    looked = look(pairsOf(all, before), accepted.gate, standing);
    if (looked.decision === "confirm" && fresh) {
      before = await enlarged(before, { ...options, agent: fresh, repeats: freshNumbers(before, confirm) }, signal);
      confirmed = true;
      looked = look(pairsOf(all, before), accepted.gate, { ...standing, confirmable: false });
    }
    if (looked.decision !== "more") break;
  }
  if (looked) return { looked, all, confirmed };
  throw new HarnessError(`the first look comes after ${looks[0]} runs a case, and --repeats allows ${upTo}`, {
    hint: `--repeats ${looks.at(-1)}`,
    exitCode: 2,
  });
}

/** Cases that were accepted and are here, in the order of their ids. */
export function pairsOf(all: readonly Examined[], before: Readonly<Record<string, CaseRuns>>): readonly Pair[] {
  return all
    .flatMap(({ id, oracle: { trial, truth }, verdicts }): Pair[] => {
      const own = before[id];
      if (own === undefined) return [];
      const known = knownOf({ run: trial.run, truth });
      return [{ id, known, before: own.runs, now: verdicts.map((one, i) => runScoreOf(one, CANDIDATE + i)) }];
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function joined(before: readonly Examined[], more: readonly Examined[]): readonly Examined[] {
  const said = new Map(before.map(({ id, verdicts }) => [id, verdicts]));
  return more.map((one) => ({ ...one, verdicts: [...(said.get(one.id) ?? []), ...one.verdicts] }));
}

/** Repeats that none of the stored runs had. */
function freshNumbers(before: Readonly<Record<string, CaseRuns>>, confirm: number): readonly number[] {
  const used = Object.values(before).flatMap(({ runs }) => runs.map(({ repeat }) => repeat));
  return numbers(Math.max(0, ...used) + 1, 0, confirm);
}

async function enlarged(
  before: Readonly<Record<string, CaseRuns>>,
  options: Play,
  signal: AbortSignal,
): Promise<Readonly<Record<string, CaseRuns>>> {
  const cases = { ...before };
  for (const { id, verdicts } of await play(options, signal)) {
    const own = cases[id];
    const runs = verdicts.map((one, i) => runScoreOf(one, options.repeats[i] ?? 1));
    if (own) cases[id] = { ...own, runs: [...own.runs, ...runs] };
  }
  return cases;
}
