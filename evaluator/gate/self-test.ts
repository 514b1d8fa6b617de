import type { Agent } from "../../agent/agent.ts";
import { seeded } from "../../generator/phase.ts";
import type { Sealed } from "../archive/sealed.ts";
import { attend, casesOf, hashOf, openCase, openSealed } from "../case.ts";
import { atOnceOf, isAway } from "../crew/away.ts";
import { inOrder } from "../crew/in-order.ts";
import { judge } from "../judge.ts";
import type { Limits } from "../limits.ts";
import type { Thoughts } from "../think.ts";
import { trialOf } from "../trial.ts";
import type { Verdict } from "../trial-record.ts";
import { blinded } from "./blinded.ts";
import { BROKEN, type Broken, type Said } from "./broken.ts";
import { compare } from "./exact.ts";
import { look } from "./look.ts";
import { lying } from "./lying.ts";
import { CANDIDATE, numbers, repeated } from "./repeated.ts";
import { RULES } from "./rules.ts";
import { knownOf, namedBy, runScoreOf, scoreOf } from "./score.ts";
import { type Hard, judgeGate } from "./verdict.ts";

/** What a broken agent's gate came to. */
export interface Tested {
  readonly name: string;
  /** `not tried`: it shows on controls, and there is none. */
  readonly outcome: "pass" | "fail" | "inconclusive" | "not tried";
  /** Rules that were broken. */
  readonly rules: readonly string[];
  /** Whether it is as it must be. */
  readonly well: boolean;
}
/** A case, and what was said of it, run by run. */
export interface Heard {
  readonly id: string;
  readonly sealed: Sealed;
  /** Accepted runs; none where one run a case is compared with itself. */
  readonly before: readonly Thoughts[];
  readonly now: readonly Said[];
}

/**
 * Gates agents that are broken on purpose, made of what a whole one says of each case; each must be blocked. With one
 * run a case by the exact gate, with more by the one for agents that answer by chance.
 */
export async function selfTest(
  { corpus, agent, repeats, limits }: { corpus: string; agent: Agent; repeats: number; limits: Limits },
  signal: AbortSignal,
): Promise<readonly Tested[]> {
  const cases = await casesOf(corpus);
  await hashOf(cases);
  const heard = inOrder(cases, atOnceOf([agent]), signal, (directory, stop) =>
    heardOf(directory, { agent, repeats, limits }, stop),
  );
  return testBroken(await Array.fromAsync(heard));
}

async function heardOf(
  directory: string,
  { agent, repeats, limits }: { readonly agent: Agent; readonly repeats: number; readonly limits: Limits },
  signal: AbortSignal,
): Promise<Heard> {
  const open = await (isAway(agent) ? openSealed(directory) : openCase(directory));
  const thoughts = async (who: Agent): Promise<Thoughts> =>
    (await attend(open, who, signal, { limits, claims: true })).verdict.trial;
  const before: Thoughts[] = [];
  const now: Said[] = [];
  if (repeats > 1) for (const n of numbers(1, 0, repeats)) before.push(await thoughts(repeated(agent, n)));
  for (const n of numbers(repeats > 1 ? CANDIDATE : 1, 0, repeats)) {
    const own = repeated(agent, n);
    const whole = await thoughts(own);
    now.push({ thoughts: whole, oneEyed: await thoughts(blinded(own)), lying: await thoughts(lying(own)) });
  }
  return { id: open.manifest.id, sealed: open.sealed, before, now };
}

export function testBroken(heard: readonly Heard[]): readonly Tested[] {
  const chance = heard.some(({ before }) => before.length > 0);
  return BROKEN.map((broken) => {
    const { name, onControls = false, blockedBy } = broken;
    const rulesFor = chance ? blockedBy.chance : blockedBy.exact;
    if (onControls && heard.every(({ sealed }) => sealed.truth.incident))
      return { name, outcome: "not tried", rules: [], well: true };
    const { outcome, rules } = chance ? byChance(heard, broken) : exactly(heard, broken);
    const blocked = outcome === "fail" && rules.some((rule) => rulesFor.includes(rule));
    return { name, outcome, rules, well: rulesFor.length === 0 ? outcome === "pass" : blocked };
  });
}

type Judged = Pick<Tested, "outcome" | "rules">;

function exactly(heard: readonly Heard[], broken: Broken): Judged {
  const whole = heard.map(({ id, sealed, now: [first] }) => [id, judged(sealed, first?.thoughts)] as const);
  const verdicts = brokenVerdicts(heard, broken).map(([id, [first]]) => [id, first] as const);
  const scores = (all: readonly (readonly [string, Verdict | undefined])[]) =>
    Object.fromEntries(all.flatMap(([id, verdict]) => (verdict ? [[id, scoreOf(verdict)] as const] : [])));
  const named = Object.fromEntries(verdicts.map(([id, verdict]) => [id, verdict ? namedBy(verdict) : []]));
  const hard = hardOf(verdicts.map(([id, verdict]) => [id, verdict ? [verdict] : []]));
  const { outcome, reasons } = judgeGate(compare(scores(verdicts), { cases: scores(whole) }), hard, {}, named);
  return { outcome, rules: [...new Set(reasons.map(({ rule }) => rule))] };
}

/** From look to look, as a real gate does, but for the runs, which are there already. */
function byChance(heard: readonly Heard[], broken: Broken): Judged {
  const verdicts = new Map(brokenVerdicts(heard, broken));
  const most = Math.max(...heard.map(({ now }) => now.length));
  const looks = RULES.looks.filter((one) => one <= most);
  const accused = hardOf([...verdicts]).accusations.length > 0 ? ["accusations"] : [];
  for (const repeats of looks) {
    const pairs = heard.map(({ id, sealed, before }) => ({
      id,
      known: knownOf(sealed),
      before: before.map((one, i) => runScoreOf(judged(sealed, one), i + 1)),
      now: (verdicts.get(id) ?? []).slice(0, repeats).map((one, i) => runScoreOf(one, CANDIDATE + i)),
    }));
    const { decision, reasons } = look(pairs, RULES, { last: repeats === looks.at(-1), confirmable: false });
    if (decision === "more") continue;
    const outcome = decision === "pass" || decision === "fail" ? decision : "inconclusive";
    return { outcome: accused.length > 0 ? "fail" : outcome, rules: [...accused, ...reasons.map(({ rule }) => rule)] };
  }
  return { outcome: "inconclusive", rules: [] };
}

function hardOf(all: readonly (readonly [string, readonly Verdict[]])[]): Hard {
  const accused = (verdicts: readonly Verdict[]): boolean =>
    2 * verdicts.filter(({ truth, state }) => !truth.incident && state === "wrong").length > verdicts.length;
  const accusations = all.filter(([, verdicts]) => accused(verdicts)).map(([id]) => id);
  return { oracle: 1, silent: 0, leaks: 0, accusations, allowed: 0, invalid: [] };
}

function brokenVerdicts(heard: readonly Heard[], broken: Broken): (readonly [string, readonly Verdict[]])[] {
  const touched = touchedBy(heard, broken);
  return heard.map(({ id, sealed, now }) => [
    id,
    now.map((said) => judged(sealed, touched.has(id) ? broken.say(said, sealed) : said.thoughts)),
  ]);
}

/** A seeded share of the cases; of those that the whole agent gets right at least one, or nothing could be lost. */
function touchedBy(heard: readonly Heard[], { share = 1 }: Broken): ReadonlySet<string> {
  const random = seeded(RULES.seed);
  const drawn = heard.filter(() => random() < share).map(({ id }) => id);
  const isRight = ({ sealed, now: [first] }: Heard): boolean =>
    sealed.truth.incident && judged(sealed, first?.thoughts).state === "correct";
  const right = heard.filter(isRight).map(({ id }) => id);
  return new Set(right.some((id) => drawn.includes(id)) ? drawn : [...drawn, ...right.slice(0, 1)]);
}

const NOTHING: Thoughts = { findings: [], crashed: null, thinking: { total: 0, longestTick: 0 } };

function judged({ run, truth }: Sealed, thoughts: Thoughts = NOTHING): Verdict {
  return judge(trialOf(run, truth, "broken", thoughts), truth);
}
