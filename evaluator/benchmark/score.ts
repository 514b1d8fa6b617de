import type { Component } from "../../agent/telemetry/model.ts";
import { meanScore, type Ranking, scoreRanking } from "../references/ranking.ts";
import { wilson } from "../stats/wilson.ts";

/** One incident of a public set, and whom each method suspects; a method that could say nothing has an empty ranking. */
export interface RankedCase {
  readonly name: string;
  readonly stratum: string;
  readonly cause: Component;
  readonly rankings: ReadonlyMap<string, Ranking>;
  /** What was missing. */
  readonly notes: readonly string[];
}
/** Means over cases; a tie is worth its expectation. `ci` is Wilson's 95 % interval of `ac1`. */
export interface Row {
  readonly method: string;
  readonly ac1: number;
  readonly ac3: number;
  readonly avg5: number;
  readonly mrr: number;
  readonly ci: readonly [low: number, high: number];
}
export interface Stratum {
  readonly cases: number;
  readonly rows: readonly Row[];
}
/** What `npm run benchmark -- --json` prints. */
export interface BenchmarkDocument extends Stratum {
  readonly dataset: string;
  readonly strata: Readonly<Record<string, Stratum>>;
}

export function documentOf(dataset: string, cases: readonly RankedCase[]): BenchmarkDocument {
  const strata = [...Map.groupBy(cases, ({ stratum }) => stratum)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    dataset,
    ...stratumOf(cases),
    strata: Object.fromEntries(strata.map(([name, own]) => [name, stratumOf(own)])),
  };
}

function stratumOf(cases: readonly RankedCase[]): Stratum {
  const methods = [...new Set(cases.flatMap(({ rankings }) => [...rankings.keys()]))];
  return { cases: cases.length, rows: methods.map((method) => rowOf(method, cases)) };
}

function rowOf(method: string, cases: readonly RankedCase[]): Row {
  const scores = cases.map(({ rankings, cause }) => scoreRanking(rankings.get(method) ?? [], cause));
  const { acAt1, acAt3, avgAt5, mrr } = meanScore(scores);
  const { low, high } = wilson(acAt1 * cases.length, cases.length);
  return { method, ac1: acAt1, ac3: acAt3, avg5: avgAt5, mrr, ci: [low, high] };
}

const places = (x: number): string => x.toFixed(3);

/** The same as text: all cases, then each stratum. */
export function tableOf({ dataset, cases, rows, strata }: BenchmarkDocument): string {
  const parts = Object.entries(strata).map(([name, one]) => part(`${name}, ${one.cases} cases`, one.rows));
  return [part(`${dataset}, ${cases} cases`, rows), ...(parts.length > 1 ? parts : [])].join("\n");
}
function part(title: string, rows: readonly Row[]): string {
  const head = `${"".padEnd(22)}AC@1   95 % interval    AC@3   Avg@5  MRR`;
  const lines = rows.map(({ method, ac1, ac3, avg5, mrr, ci }) => {
    const interval = `${places(ci[0])} to ${places(ci[1])}`;
    return `${method.padEnd(22)}${places(ac1)}  ${interval}   ${places(ac3)}  ${places(avg5)}  ${places(mrr)}`;
  });
  return `${title}\n${head}\n${lines.join("\n")}\n`;
}
