import type { Grid } from "../grid.ts";
import {
  alarmsTold,
  dutyTold,
  eceTold,
  medianTold,
  NOTHING,
  numberTold,
  restrictedTold,
  seconds,
  shareTold,
  skillTold,
} from "./cells.ts";
import type { Row } from "./row.ts";
import type { Board } from "./summary.ts";

/** One table of a board, for a terminal and for a page. */
export interface Table {
  readonly title: string;
  /** How it is to be read. */
  readonly note: string;
  readonly grid: Grid;
}
type Column = readonly [heading: string, cell: (row: Row) => string];

const SHARES = "Means over cases in percent, with 95 % intervals.";

export function tablesOf(board: Board): readonly Table[] {
  const { incidents, controls } = board;
  const heard = board.rows.filter(listens);
  const repeated = heard.filter((row) => row.repeated !== null);
  const score = (heading: string, name: string): Column => [heading, (row) => shareTold(row.scores[name], incidents)];
  const table = (title: string, note: string, columns: readonly Column[], rows = board.rows): Table => ({
    title,
    note,
    grid: [
      ["rank", "agent", ...columns.map(([heading]) => heading)],
      ...rows.map((row) => [rankTold(row), row.agent, ...columns.map(([, cell]) => cell(row))]),
    ],
  });
  const tau = board.rows[0]?.detection.tau ?? null;
  return [
    table("The cause", `${SHARES} Agents share a rank where they cannot be told apart.`, [
      score("exact set", "exact-set"),
      score("joint@1", "joint-at-1"),
      score("AC@1", "ac-at-1"),
      score("AC@3", "ac-at-3"),
      score("AC@5", "ac-at-5"),
      score("any", "any-correct"),
      score("MRR", "mrr"),
      ["states", statesTold],
    ]),
    table(
      "The cause, more closely",
      `${SHARES} A blamed victim or decoy is the worse, the more; lift is AC@1 beyond chance.`,
      [
        score("Avg@5", "avg-at-5"),
        score("lift@1", "lift-at-1"),
        score("precision", "precision"),
        score("recall", "recall"),
        score("F1", "f1"),
        score("AP, all found", "ap-at-full-recall"),
        score("joint, exact", "joint-exact"),
        score("trigger", "trigger-hit"),
        score("victim blamed", "symptom-hit"),
        score("decoy blamed", "decoy-hit"),
        score("proximity", "proximity"),
        score("invented names", "hallucination"),
        score("remedy", "remedy"),
        score("claims hold", "claim-grounded"),
        score("claims denied", "claim-contradicted"),
      ],
    ),
    table(
      "Detection",
      `From the first harm that users felt; misses are later than their window. Mean: each time cut at ${tau === null ? NOTHING : seconds(tau)}. False alarms an hour with exact 95 % intervals.`,
      [
        ["median", (row) => medianTold(row.detection)],
        ["mean, cut", (row) => restrictedTold(row.detection)],
        ["missed", missedTold],
        ["before harm", (row) => String(row.detection.early)],
        ["false alarms an hour", (row) => alarmsTold(row.alarms)],
        ["in alarm", (row) => dutyTold(row.alarms)],
        ["controls: none named", (row) => shareTold(row.abstain, controls)],
        ["controls: left alone", (row) => shareTold(row.quiet, controls)],
        ["thinks a case", ({ thinking }) => (thinking === null ? NOTHING : seconds(thinking))],
      ],
      heard,
    ),
    ...(repeated.length === 0
      ? []
      : [
          table(
            "Repeated",
            "Of three runs of an incident drawn from all: one is right at least (pass@3), all are (pass^3).",
            [
              ["pass@3", (row) => shareTold(row.repeated?.any, incidents)],
              ["pass^3", (row) => shareTold(row.repeated?.all, incidents)],
            ],
            repeated,
          ),
        ]),
    table(
      "Confidence",
      "Net: correct less wrong over all cases. Brier skill: above 0 is better than always stating the mean.",
      [
        ["answered", (row) => shareTold(row.confidence.coverage, incidents)],
        ["AC@1 of these", (row) => shareTold(row.confidence.selective, incidents)],
        ["net", (row) => numberTold(row.confidence.net)],
        ["Brier skill", (row) => skillTold(row.confidence.place)],
        ["calibration error", (row) => eceTold(row.confidence.place)],
        ["Brier skill, joint", (row) => skillTold(row.confidence.joint)],
      ],
      heard,
    ),
  ];
}

/** Cases by agents; repeats follow each other. */
export function matrixOf({ matrix, rows }: Board): Grid {
  const agents = rows.map(({ agent }) => agent);
  return [
    ["case", ...agents],
    ...matrix.map(({ title, states }) => [title, ...agents.map((agent) => states[agent] ?? NOTHING)]),
  ];
}

export const rankTold = ({ rank }: Row): string => (rank === null ? "ref" : String(rank));

/** Those who guess from other cases hear nothing, so they detect nothing. */
export const listens = ({ agent }: Row): boolean =>
  !agent.startsWith("prior") && agent !== "chance" && agent !== "name-only";

function statesTold({ states }: Row): string {
  return Object.entries(states)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
    .join(", ");
}

function missedTold({ detection: { n, detected } }: Row): string {
  return n === 0 ? NOTHING : `${((1 - detected) * 100).toFixed(0)} %`;
}
