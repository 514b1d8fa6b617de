import { SPLITS } from "../../scenarios/split.ts";
import { aligned, type Grid, piped } from "../grid.ts";
import type { Attempt } from "./attempt.ts";
import { type Figures, figuresOf, type Share } from "./figures.ts";
import { standing } from "./order.ts";
import type { SuiteRecord } from "./record.ts";

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const minutes = (ms: number): string => `${(ms / 60_000).toFixed(1)} min`;
const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

/** The suite for a person at a terminal. */
export function told(record: SuiteRecord, directory: string): string {
  return [
    heading(record),
    "",
    ...aligned(drillGrid(record)),
    "",
    ...aligned(figureGrid(record)),
    "",
    `recordings and reports: ${directory}`,
    "",
  ].join("\n");
}

/** The same as a page. */
export function markdown(record: SuiteRecord): string {
  return [
    `# ${heading(record)}`,
    "",
    ...piped(drillGrid(record)),
    "",
    "Shares are means over scenarios, with 95 % intervals; only drills that count are in them.",
    "",
    ...piped(figureGrid(record)),
    "",
  ].join("\n");
}

export function heading({ suite, agent, drills, wallMs, endedAt }: SuiteRecord): string {
  const played = drills.filter(({ attempts }) => attempts.length > 0).length;
  const whole = endedAt === null ? `, ${played} of ${drills.length} so far` : "";
  return `Suite ${suite}, agent ${agent}: ${drills.length} drills${whole}, ${minutes(wallMs)}`;
}

export function drillGrid({ drills }: { readonly drills: readonly SuiteRecord["drills"][number][] }): Grid {
  const rows = drills.map(({ scenario, seed, split, attempts }) => {
    const one = standing(attempts);
    const what = one ? [one.state, rankOf(one), one.named.join(" ") || "-", detected(one)] : ["not run", "-", "-", "-"];
    return [scenario, String(seed), split, ...what, attempts.flatMap(reasons).join("; ")];
  });
  return [["scenario", "seed", "split", "state", "rank", "named", "detected", "did not count"], ...rows];
}

function rankOf({ incident, rank }: Attempt): string {
  if (!incident) return "-";
  return rank === null ? "none" : String(rank);
}

/** After the first harm that users felt. */
function detected({ incident, state, ttdMs }: Attempt): string {
  if (!incident || state === "failed") return "-";
  return ttdMs === null ? "no" : `after ${seconds(ttdMs)}`;
}

const reasons = ({ state, why }: Attempt): string[] => why.map((one) => `${state}: ${one}`);

export function figureGrid({ drills }: Pick<SuiteRecord, "drills">): Grid {
  const figures = figuresOf(drills);
  const rows: readonly (readonly [string, (of: Figures) => string])[] = [
    ["incidents: named exactly", (of) => shareTold(of.incidents.correct)],
    ["incidents: cause first", (of) => shareTold(of.incidents.acAt1)],
    ["incidents: cause in the first three", (of) => shareTold(of.incidents.acAt3)],
    ["incidents: detected", (of) => shareTold(of.incidents.detected)],
    ["incidents: median time to detect, from onset", medianTold],
    ["incidents: named wrongly / not named", (of) => `${of.incidents.wrong} / ${of.incidents.noAnswer}`],
    ["controls: left alone", (of) => shareTold(of.controls.correct)],
    ["false alarms", (of) => String(of.falseAlarms)],
    ["agent errors", (of) => String(of.agentErrors)],
    ["attempts that did not count", uncountedTold],
  ];
  return [["", ...SPLITS], ...rows.map(([what, say]) => [what, ...SPLITS.map((split) => say(figures[split]))])];
}

function shareTold({ value, low, high, n, scenarios }: Share): string {
  if (value === null) return "n = 0";
  const of = n === scenarios ? `n = ${n}` : `n = ${n} of ${scenarios} scenarios`;
  return `${percent(value)} (${percent(low)} to ${percent(high)}), ${of}`;
}

function medianTold({ incidents: { medianTtdMs, detected } }: Figures): string {
  if (detected.n === 0) return "n = 0";
  return medianTtdMs === null ? `not reached, n = ${detected.n}` : `${seconds(medianTtdMs)}, n = ${detected.n}`;
}

function uncountedTold({ attempts, invalid, failed }: Figures): string {
  if (attempts === 0) return "n = 0";
  return `${percent((invalid + failed) / attempts)} (${invalid} invalid, ${failed} not held), n = ${attempts}`;
}
