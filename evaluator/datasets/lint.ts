import type { FaultClass } from "../../agent/investigation.ts";
import type { Component, Millis } from "../../agent/telemetry/model.ts";

/** What the balance of a corpus is judged by. */
export interface LintCase {
  readonly causes: readonly { readonly component: Component; readonly cause: FaultClass }[];
  /** Length of the recording. */
  readonly lasted: Millis;
  /** Where in it the incident began, 0 to 1; null in a control. */
  readonly began: number | null;
  /** Whether who is loudest is the cause; undefined if it was not asked or knew no answer. */
  readonly loudest?: boolean;
}
export interface Rule {
  readonly rule: string;
  readonly saw: string;
  readonly limit: string;
  readonly kept: boolean;
}

/** Largest shares of the incidents, so that a constant answer is worth little. */
const COMPONENT = 0.25;
const CLASS = 0.2;
const PAIR = 0.15;
const CONTROLS = { low: 0.2, high: 0.25 };
const BEGINS = { low: 0.3, high: 0.6 };
/** Smallest share of incidents in which the loudest component is not the cause. */
const QUIETER = 0.25;

/** Every rule of balance, kept or broken. A class that the set does not tell is in no rule. */
export function lint(cases: readonly LintCase[]): readonly Rule[] {
  const incidents = cases.filter(({ causes }) => causes.length > 0);
  const told = incidents.filter(({ causes }) => causes.some(({ cause }) => cause !== "unknown"));
  return [
    most("component", incidents, COMPONENT, ({ component }) => component),
    ...(told.length === 0
      ? []
      : [
          most("fault class", told, CLASS, ({ cause }) => cause),
          most("component with a class", told, PAIR, ({ component, cause }) => `${component}: ${cause}`),
        ]),
    controls(cases, incidents),
    ...onset(incidents),
    ...lengths(cases),
    two(incidents),
    ...quieter(incidents),
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function most(
  what: string,
  incidents: readonly LintCase[],
  limit: number,
  of: (cause: LintCase["causes"][number]) => string,
): Rule {
  const counts = new Map<string, number>();
  for (const { causes } of incidents)
    for (const name of new Set(causes.map(of))) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const [name, count] = first ?? ["none", 0];
  const share = incidents.length === 0 ? 0 : count / incidents.length;
  return {
    rule: `no ${what} in too many incidents`,
    saw: `${name} in ${count} of ${incidents.length} (${percent(share)})`,
    limit: `at most ${percent(limit)}`,
    kept: share <= limit,
  };
}

function controls(cases: readonly LintCase[], incidents: readonly LintCase[]): Rule {
  const count = cases.length - incidents.length;
  const share = cases.length === 0 ? 0 : count / cases.length;
  return {
    rule: "controls",
    saw: `${count} of ${cases.length} (${percent(share)})`,
    limit: `${percent(CONTROLS.low)} to ${percent(CONTROLS.high)}`,
    kept: share >= CONTROLS.low && share <= CONTROLS.high,
  };
}

function onset(incidents: readonly LintCase[]): readonly Rule[] {
  const begins = incidents.flatMap(({ began }) => (began === null ? [] : [began]));
  if (begins.length === 0) return [];
  const [low, high] = [Math.min(...begins), Math.max(...begins)];
  return [
    {
      rule: "an incident begins in the middle of its recording",
      saw: `${percent(low)} to ${percent(high)}`,
      limit: `${percent(BEGINS.low)} to ${percent(BEGINS.high)}`,
      kept: low >= BEGINS.low && high <= BEGINS.high,
    },
  ];
}

/** The length of a recording must not tell whether something happens in it. */
function lengths(cases: readonly LintCase[]): readonly Rule[] {
  const lengthOf = (incident: boolean): number[] =>
    cases.filter(({ causes }) => causes.length > 0 === incident).map(({ lasted }) => lasted);
  const [incidents, quiet] = [lengthOf(true), lengthOf(false)];
  if (incidents.length === 0 || quiet.length === 0) return [];
  const seconds = (ms: readonly number[]): string =>
    `${Math.round(Math.min(...ms) / 1_000)} to ${Math.round(Math.max(...ms) / 1_000)} s`;
  return [
    {
      rule: "controls are as long as incidents",
      saw: seconds(quiet),
      limit: seconds(incidents),
      kept: Math.min(...quiet) >= Math.min(...incidents) && Math.max(...quiet) <= Math.max(...incidents),
    },
  ];
}

function two(incidents: readonly LintCase[]): Rule {
  const count = incidents.filter(({ causes }) => causes.length > 1).length;
  return { rule: "some incidents have two causes", saw: String(count), limit: "at least 1", kept: count > 0 };
}

function quieter(incidents: readonly LintCase[]): readonly Rule[] {
  const asked = incidents.filter(({ loudest }) => loudest !== undefined);
  if (asked.length === 0) return [];
  const count = asked.filter(({ loudest }) => loudest === false).length;
  return [
    {
      rule: "the loudest component is not always the cause",
      saw: `not in ${count} of ${asked.length} (${percent(count / asked.length)})`,
      limit: `at least ${percent(QUIETER)}`,
      kept: count >= QUIETER * asked.length,
    },
  ];
}
