import type { Millis } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { titleOf } from "./case-record.ts";
import { NOTHING, seconds } from "./cells.ts";
import { type Entry, numberOf, scored, sharesOf } from "./entry.ts";
import { meansOf, type Scored } from "./estimate.ts";
import { type Paired, paired } from "./paired.ts";
import type { Results } from "./results.ts";

/** What has become of one case. */
export interface Change {
  readonly case: string;
  readonly title: string;
  readonly part: string;
  /** Share of the repeats in which the case was right: exactly the causes named, or, on a control, quiet. */
  readonly before: number;
  readonly now: number;
  readonly said: string;
  readonly says: string;
}
export interface Compared {
  readonly first: string;
  readonly second: string;
  readonly lost: readonly Change[];
  readonly won: readonly Change[];
  readonly same: number;
  /** Cases that only one of them has. */
  readonly alone: number;
  /** Mean change of the time to detect over cases detected both times, ms; null for none. */
  readonly ttdChange: Millis | null;
  readonly right: Paired;
  /** The recordings are the same. */
  readonly sameCorpus: boolean;
}

/**
 * Holds one agent's results against another's, case by case. Without a name: the agents that both have, else the only
 * one of each.
 * @throws HarnessError (exit 2) when it is not clear who is compared.
 */
export function compareAll(before: Results, now: Results): readonly Compared[] {
  const names = ({ trials }: Results): string[] => [
    ...new Set(trials.filter(({ reference }) => !reference).map(({ agent }) => agent)),
  ];
  const [first, second] = [names(before), names(now)];
  const both = first.filter((name) => second.includes(name));
  if (both.length > 0) return both.map((name) => compare(before, name, now, name));
  const [a, b] = [first[0], second[0]];
  if (a !== undefined && b !== undefined && first.length === 1 && second.length === 1)
    return [compare(before, a, now, b)];
  throw new HarnessError("the two results have no agent in common", {
    hint: `the first has ${first.join(", ") || "none"}, the second ${second.join(", ") || "none"}`,
    exitCode: 2,
  });
}

export function compare(before: Results, first: string, now: Results, second: string): Compared {
  const [old, fresh] = [entriesOf(before, first), entriesOf(now, second)];
  const [was, is] = [byCase(rightness(old)), byCase(rightness(fresh))];
  const changes = [...was.keys()].sort().flatMap((id): Change[] => {
    const [a, b] = [was.get(id), is.get(id)];
    const entry = fresh.find(({ record }) => record.id === id);
    if (a === undefined || b === undefined || entry === undefined) return [];
    const told = {
      title: titleOf(entry.record),
      part: entry.record.part,
      said: sayings(old, id),
      says: sayings(fresh, id),
    };
    return [{ case: id, ...told, before: a, now: b }];
  });
  return {
    first,
    second,
    lost: changes.filter((one) => one.now < one.before),
    won: changes.filter((one) => one.now > one.before),
    same: changes.filter((one) => one.now === one.before).length,
    alone: was.size + is.size - 2 * changes.length,
    ttdChange: meanChange(byCase(waits(old)), byCase(waits(fresh))),
    right: paired(rightness(old), rightness(fresh)),
    sameCorpus: before.provenance.corpus.sha256 === now.provenance.corpus.sha256,
  };
}

/** "lost 1: java-heap-leak, seed 1, now says store; 20 unchanged; TTD -3.0 s". */
export function inOneLine({ lost, won, same, alone, ttdChange, sameCorpus }: Compared): string {
  const told = (verb: string, all: readonly Change[]): string[] =>
    all.length === 0 ? [] : [`${verb} ${all.length}: ${all.map((one) => `${one.title}, now ${one.says}`).join("; ")}`];
  return [
    ...told("lost", lost),
    ...told("won", won),
    `${same} unchanged`,
    ...(ttdChange === null ? [] : [`TTD ${ttdChange > 0 ? "+" : ""}${seconds(ttdChange)}`]),
    ...(alone > 0 ? [`${alone} cases are in one of them only`] : []),
    ...(sameCorpus ? [] : ["the corpora differ"]),
  ].join("; ");
}

/** The rest of it, a line each. */
export function details({ first, second, lost, won, right }: Compared): string[] {
  const { cases, difference, low, high, worse, better, p } = right;
  const points = (share: number): string => `${share > 0 ? "+" : ""}${(100 * share).toFixed(0)}`;
  const interval = low === null || high === null ? "no interval" : `${points(low)} to ${points(high)}`;
  return [
    `  ${first === second ? first : `${first} before, ${second} now`}, ${cases} cases: ${difference === null ? NOTHING : points(difference)} points right (${interval}); worse in ${worse} clusters, better in ${better} (McNemar p = ${p.toFixed(2)})`,
    ...[...lost.map((one) => ["lost", one] as const), ...won.map((one) => ["won", one] as const)].map(
      ([verb, one]) => `  ${verb.padEnd(4)}  ${one.title} (${one.part}): before ${one.said}, now ${one.says}`,
    ),
  ];
}

function entriesOf({ cases, trials }: Results, agent: string): Entry[] {
  return trials.flatMap((line) => {
    const record = cases.find(({ id }) => id === line.case);
    return record && line.agent === agent && line.state !== "invalid" ? [{ line, record }] : [];
  });
}

function rightness(entries: readonly Entry[]): Scored[] {
  return entries.flatMap((entry) =>
    entry.record.truth.incident
      ? sharesOf([entry], "exact-set")
      : [scored(entry, entry.line.state === "correct" ? 1 : 0)],
  );
}

function waits(entries: readonly Entry[]): Scored[] {
  return entries.flatMap((entry) => {
    const at = numberOf(entry, "ttd-from-onset");
    return at === null ? [] : [scored(entry, Math.max(0, at))];
  });
}

const byCase = (all: readonly Scored[]): ReadonlyMap<string, number> =>
  new Map(meansOf(all).map((one) => [one.case, one.value]));

function meanChange(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): Millis | null {
  const changes = [...before].flatMap(([id, was]) => {
    const is = now.get(id);
    return is === undefined ? [] : [is - was];
  });
  return changes.length === 0 ? null : changes.reduce((a, b) => a + b, 0) / changes.length;
}

/** What was named, the commonest of the repeats; an agent that broke says so. */
function sayings(entries: readonly Entry[], id: string): string {
  const said = entries
    .filter(({ record }) => record.id === id)
    .map(({ line }) => {
      if (line.state === "agent-error") return "fails";
      const cried = line.findings.some(({ kind }) => kind === "alarm")
        ? "raises an alarm and names nothing"
        : "says nothing";
      return line.answer.named.length > 0 ? `says ${line.answer.named.join(" and ")}` : cried;
    });
  const counts = [...Map.groupBy(said, (one) => one)].sort((a, b) => b[1].length - a[1].length);
  return counts[0]?.[0] ?? "says nothing";
}
