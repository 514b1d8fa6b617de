import type { Millis } from "../../agent/telemetry/model.ts";
import { seeded } from "../../generator/phase.ts";
import { FEWEST } from "../stats/bootstrap.ts";
import { holm } from "../stats/holm.ts";
import type { RunScore } from "./accepted.ts";
import { type Decision, decide, detectable, type Standing } from "./decide.ts";
import { differences, EXACT_SET, level, type Pair, SECONDARY, tauOf, type Unit } from "./measures.ts";
import { type Seen, see } from "./paired.ts";
import type { Reason } from "./reason.ts";
import { FEWEST_CLUSTERS, MOST_INVALID, type Rules } from "./rules.ts";

/** A score beside the first one. `mean` is now less before; negative is worse, whatever the score. */
export interface Beside {
  readonly name: string;
  readonly unit: Unit;
  readonly mean: number;
  /** Adjusted by Holm for the number of scores beside. */
  readonly p: number;
  readonly worse: boolean;
}
/** What one look came to. */
export interface Looked {
  readonly decision: Decision;
  readonly reasons: readonly Reason[];
  /** Runs a case, now. */
  readonly repeats: number;
  /** Incidents that are compared, and their clusters. */
  readonly incidents: number;
  readonly clusters: number;
  /** Share of runs that do not count. */
  readonly invalid: number;
  /** Mean exact set over incidents. */
  readonly before: number;
  readonly now: number;
  /** Of exact set; null when there is no incident. */
  readonly seen: Seen | null;
  /** The drop of exact set that this look would see in 80 of 100. */
  readonly detectable: number | null;
  readonly beside: readonly Beside[];
}

/** Looks once at all runs there are. Pure: the same runs give the same answer. */
export function look(all: readonly Pair[], rules: Rules, standing: Standing): Looked {
  const pairs = all.map(counting).filter(({ before, now }) => before.length > 0 && now.length > 0);
  const tau = tauOf(pairs);
  const sums = differences(EXACT_SET, pairs, tau);
  const clusters = sums.sums.length;
  const drawn = new Float64Array(rules.draws);
  const seen = clusters === 0 ? null : see(sums, rules.alpha, seeded(rules.seed), drawn);
  const head = {
    repeats: Math.max(0, ...all.map(({ now }) => now.length)),
    incidents: pairs.filter(({ known }) => known.incident).length,
    clusters,
    invalid: invalidShare(all),
    before: level(EXACT_SET, pairs, ({ before }) => before, tau),
    now: level(EXACT_SET, pairs, ({ now }) => now, tau),
    seen,
    detectable: seen && detectable(seen.error, rules.alpha),
    beside: besides(pairs, rules, tau, drawn),
  };
  const few = tooFew(head);
  if (seen === null || few.length > 0) return { ...head, decision: "inconclusive", reasons: few };
  return { ...head, ...judged(head, seen, rules, standing) };
}

function judged(
  head: Omit<Looked, "decision" | "reasons">,
  seen: Seen,
  rules: Rules,
  standing: Standing,
): Pick<Looked, "decision" | "reasons"> {
  const first = decide(seen, rules.margin, standing);
  const worse = head.beside.filter((one) => one.worse).map(besideReason);
  // A score beside is asked once, at the end: each look at it would be one more chance to cry wolf.
  const ended = first === "pass" || first === "inconclusive";
  const decision = ended && worse.length > 0 ? (standing.confirmable ? "confirm" : "fail") : first;
  const fallen = { rule: EXACT_SET.name, text: `exact set ${asChange(seen.mean, "share")}: worse, and not by chance` };
  if (decision === "fail") return { decision, reasons: [...(first === "fail" ? [fallen] : []), ...worse] };
  if (decision !== "inconclusive") return { decision, reasons: [] };
  const text = `after ${head.repeats} runs a case neither a drop nor that it is below ${asPoints(rules.margin)} points is shown`;
  return { decision, reasons: [{ rule: "undecided", text }] };
}

function besides(pairs: readonly Pair[], rules: Rules, tau: Millis, drawn: Float64Array): Beside[] {
  const seen = SECONDARY.flatMap((measure) => {
    const sums = differences(measure, pairs, tau);
    // Few clusters that happen to agree would look certain.
    if (sums.sums.length < FEWEST) return [];
    const { mean, p } = see(sums, rules.alpha, seeded(rules.seed), drawn);
    return [{ name: measure.name, unit: measure.unit, mean, p }];
  });
  const adjusted = holm(seen.map(({ p }) => p));
  return seen.map((one, i) => {
    const p = adjusted[i] ?? 1;
    return { ...one, p, worse: p < rules.alpha };
  });
}

function tooFew({ clusters, invalid }: Pick<Looked, "clusters" | "invalid">): Reason[] {
  const reasons: Reason[] = [];
  if (invalid > MOST_INVALID)
    reasons.push({
      rule: "invalid",
      text: `${asPoints(invalid)} % of runs do not count; at most ${asPoints(MOST_INVALID)} %`,
    });
  if (clusters < FEWEST_CLUSTERS)
    reasons.push({
      rule: "clusters",
      text: `${clusters} clusters of incidents are too few to decide by chance; at least ${FEWEST_CLUSTERS}`,
    });
  return reasons;
}

const counts = ({ state }: RunScore): boolean => state !== "invalid";
const counting = (pair: Pair): Pair => ({ ...pair, before: pair.before.filter(counts), now: pair.now.filter(counts) });

function invalidShare(all: readonly Pair[]): number {
  const runs = all.flatMap(({ now }) => now);
  return runs.length === 0 ? 0 : runs.filter((run) => !counts(run)).length / runs.length;
}

function besideReason({ name, unit, mean, p }: Beside): Reason {
  return { rule: name, text: `${name} ${asChange(mean, unit)} (negative is worse), p = ${p.toFixed(4)} by Holm` };
}

const asPoints = (share: number): string => (100 * share).toFixed(0);

/** "-12.5 points", "-3.0 s", "-1.2 an hour". */
export function asChange(mean: number, unit: Unit): string {
  const value = unit === "share" ? 100 * mean : mean;
  return `${value > 0 ? "+" : ""}${value.toFixed(1)} ${unit === "share" ? "points" : unit}`;
}
