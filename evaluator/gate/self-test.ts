import type { Agent } from "../../agent/agent.ts";
import { seeded } from "../../generator/phase.ts";
import type { Sealed } from "../archive/sealed.ts";
import { attend, casesOf, openCase } from "../case.ts";
import { judge } from "../judge.ts";
import type { Thoughts } from "../think.ts";
import { trialOf } from "../trial.ts";
import type { Verdict } from "../trial-record.ts";
import type { CaseScore } from "./accepted.ts";
import { BROKEN, type Broken } from "./broken.ts";
import { compare } from "./exact.ts";
import { namedBy, scoreOf } from "./score.ts";
import { judgeGate } from "./verdict.ts";

/** What a broken agent's gate came to. */
export interface Tested {
  readonly name: string;
  readonly blockedBy: Broken["blockedBy"];
  readonly outcome: "pass" | "fail" | "inconclusive";
  /** Rules that were broken. */
  readonly rules: readonly string[];
  /** Whether it is as it must be. */
  readonly well: boolean;
}

interface Said {
  readonly id: string;
  readonly sealed: Sealed;
  readonly thoughts: Thoughts;
}

/** Gates agents that are broken on purpose, made of what a whole one says of each case; each must be blocked. */
export async function selfTest(corpus: string, agent: Agent, signal: AbortSignal): Promise<readonly Tested[]> {
  const said: Said[] = [];
  for (const directory of await casesOf(corpus)) {
    const open = await openCase(directory);
    const { trial } = (await attend(open, agent, signal)).verdict;
    const { findings, crashed, thinking } = trial;
    said.push({ id: open.manifest.id, sealed: open.sealed, thoughts: { findings, crashed, thinking } });
  }
  return testBroken(said);
}

export function testBroken(said: readonly Said[]): readonly Tested[] {
  const whole = BROKEN.find(({ blockedBy }) => blockedBy === "nothing");
  const accepted = whole ? scoresOf(said, whole).scores : {};
  return BROKEN.map((broken) => tested(said, broken, accepted));
}

function tested(said: readonly Said[], broken: Broken, accepted: Readonly<Record<string, CaseScore>>): Tested {
  const { scores, verdicts } = scoresOf(said, broken);
  const controls = verdicts.filter(([, { truth }]) => !truth.incident);
  const accusations = controls.filter(([, { state }]) => state === "wrong").map(([id]) => id);
  const hard = { oracle: 1, silent: 0, leaks: 0, accusations, allowed: 0, invalid: [] };
  const named = Object.fromEntries(verdicts.map(([id, verdict]) => [id, namedBy(verdict)]));
  const { outcome, reasons } = judgeGate(compare(scores, { cases: accepted }), hard, {}, named);
  const rules = [...new Set(reasons.map(({ rule }) => rule))];
  const { name, blockedBy } = broken;
  const well = blockedBy === "nothing" ? outcome === "pass" : outcome === "fail" && rules.includes(blockedBy);
  return { name, blockedBy, outcome, rules, well };
}

function scoresOf(said: readonly Said[], { say, name }: Broken) {
  const random = seeded(7);
  const verdicts = said.map(({ id, sealed, thoughts }): readonly [string, Verdict] => {
    const trial = trialOf(sealed.run, sealed.truth, name, say(thoughts, sealed, random));
    return [id, judge(trial, sealed.truth)];
  });
  return { verdicts, scores: Object.fromEntries(verdicts.map(([id, verdict]) => [id, scoreOf(verdict)])) };
}
