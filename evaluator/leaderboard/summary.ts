import { seeded } from "../../generator/phase.ts";
import { type NameProbe, nameOnly, probed } from "../probes/name-only.ts";
import { type Permuted, permuted } from "../probes/permuted.ts";
import { chance } from "../references/blind.ts";
import { prior } from "../references/prior.ts";
import { validity } from "../validity.ts";
import { type CaseRecord, PARTS, type Part, titleOf } from "./case-record.ts";
import { tauOf } from "./detection.ts";
import { type Entry, isIncident, sharesOf } from "./entry.ts";
import { meansOf } from "./estimate.ts";
import { type Fault, faultsOf } from "./harness.ts";
import { apart, paired } from "./paired.ts";
import type { Provenance } from "./provenance.ts";
import type { Results } from "./results.ts";
import { type Row, rowOf } from "./row.ts";
import type { TrialLine } from "./trial-line.ts";

/** One part of a corpus: parts are never added up. */
export interface Board {
  readonly part: Part;
  readonly incidents: number;
  readonly controls: number;
  readonly clusters: number;
  /** Recordings that do not count, with the rules that were broken. */
  readonly invalid: readonly { readonly title: string; readonly broken: readonly string[] }[];
  /** Agents by rank, then references. */
  readonly rows: readonly Row[];
  readonly names: NameProbe;
  /** By agent. */
  readonly permuted: Readonly<Record<string, Permuted | null>>;
  /** State of each agent on each case; repeats follow each other. */
  readonly matrix: readonly { readonly title: string; readonly states: Readonly<Record<string, string>> }[];
}
export interface Summary {
  readonly schema: 1;
  readonly provenance: Provenance;
  readonly boards: readonly Board[];
  /** What shows that the harness or the set is broken; then nothing else is worth reading. */
  readonly faults: readonly Fault[];
}
const SEED = 19;

/** The one object of which text, page and exit code are views. */
export function summarise({ provenance, cases, trials }: Results): Summary {
  const byId = new Map(cases.map((record) => [record.id, record]));
  const told = trials.flatMap((line): Entry[] => {
    const record = byId.get(line.case);
    return record ? [{ line, record }] : [];
  });
  const counting = cases.filter((record) => validity(record.run, record.truth).ok);
  const entries = [...told, ...cases.flatMap((record) => guessed(record, counting))];
  const boards = PARTS.flatMap((part) => {
    const own = cases.filter((one) => one.part === part);
    const theirs = entries.filter(({ record }) => record.part === part);
    return own.length === 0 ? [] : [boardOf(part, own, theirs)];
  });
  return { schema: 1, provenance, boards, faults: faultsOf(entries, boards) };
}

/** Whoever guesses from the truths of the other cases, of all parts. */
function guessed(record: CaseRecord, all: readonly CaseRecord[]): Entry[] {
  const lines: readonly TrialLine[] = [
    chance(record),
    prior(record, all, "case"),
    prior(record, all, "cluster"),
    nameOnly(record, all),
  ];
  return lines.map((line) => ({ line, record }));
}

function boardOf(part: Part, cases: readonly CaseRecord[], entries: readonly Entry[]): Board {
  const counting = cases.filter(({ run, truth }) => validity(run, truth).ok);
  const byAgent = Map.groupBy(entries, ({ line }) => line.agent);
  const tau = tauOf(entries.filter(({ line }) => line.state !== "invalid"));
  const rows = [...byAgent.values()].map((own) => rowOf(own, tau));
  const agents = rows.filter(({ reference }) => !reference).map(({ agent }) => agent);
  const valid = (agent: string): Entry[] => (byAgent.get(agent) ?? []).filter(({ line }) => line.state !== "invalid");
  return {
    part,
    incidents: counting.filter(({ truth }) => truth.incident).length,
    controls: counting.filter(({ truth }) => !truth.incident).length,
    clusters: new Set(counting.map(({ cluster }) => cluster)).size,
    invalid: cases.flatMap((record) => {
      const judged = validity(record.run, record.truth);
      const told = judged.ok ? [] : judged.broken.map(({ rule, saw }) => `${rule}: ${saw}`);
      return judged.ok ? [] : [{ title: titleOf(record), broken: told }];
    }),
    rows: ranked(rows, (agent) => sharesOf(valid(agent).filter(isIncident), "exact-set")),
    names: namesProbed(valid),
    permuted: Object.fromEntries(agents.map((agent) => [agent, permuted(valid(agent), seeded(SEED))])),
    matrix: cases.map((record) => ({
      title: titleOf(record),
      states: Object.fromEntries(
        [...byAgent].map(([agent, own]) => {
          const states = own.filter(({ line }) => line.case === record.id).map(({ line }) => line.state);
          return [agent, states.join(" ")];
        }),
      ),
    })),
  };
}

function namesProbed(valid: (agent: string) => readonly Entry[]): NameProbe {
  const byCluster = (agent: string): number[] => {
    const cases = meansOf(sharesOf(valid(agent).filter(isIncident), "ac-at-1"));
    const clusters = Map.groupBy(cases, ({ cluster }) => cluster);
    return [...clusters.values()].map((own) => own.reduce((sum, { value }) => sum + value, 0) / own.length);
  };
  const mean = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0) / Math.max(1, all.length);
  return probed(byCluster("name-only"), Math.max(mean(byCluster("chance")), mean(byCluster("prior, other clusters"))));
}

/** Agents by exact set, sharing a rank where they cannot be told apart; then references, best first. */
function ranked(rows: readonly Row[], scores: (agent: string) => ReturnType<typeof sharesOf>): Row[] {
  const value = ({ scores: { "exact-set": exact } }: Row): number => exact?.value ?? -1;
  const sorted = rows.toSorted((a, b) => value(b) - value(a) || (a.agent < b.agent ? -1 : 1));
  const agents = sorted.filter(({ reference }) => !reference);
  const better = (row: Row): number =>
    agents.filter((one) => value(one) > value(row) && apart(paired(scores(row.agent), scores(one.agent)))).length;
  return [...agents.map((row) => ({ ...row, rank: 1 + better(row) })), ...sorted.filter(({ reference }) => reference)];
}
