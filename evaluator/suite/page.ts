import { SPLITS, type Split } from "../../scenarios/split.ts";
import { type Block, cell, fact, list, prose, type Section, table, type Written } from "../report/block.ts";
import { intervals, type Spread } from "../report/charts/intervals.ts";
import { icon } from "../report/icons.ts";
import { el, verbatim } from "../report/markup.ts";
import { duration, utc } from "../report/numbers.ts";
import { pageOf } from "../report/page.ts";
import type { Banner } from "../report/sections/banner.ts";
import { embedded } from "../report/summary.ts";
import { name, plain } from "../report/text.ts";
import { type Attempt, counts } from "./attempt.ts";
import { type Figures, figuresOf, type Share } from "./figures.ts";
import { standing } from "./order.ts";
import { document, type SuiteRecord } from "./record.ts";
import { drillGrid, figureGrid } from "./table.ts";

type Drill = SuiteRecord["drills"][number];

/** The suite as one HTML file that needs no network and leads to each drill's report. The same record gives the same bytes. */
export function renderSuite(record: SuiteRecord): string {
  const { suite, agent, drills, wallMs, startedAt, endedAt } = record;
  const played = drills.filter(({ attempts }) => attempts.length > 0).length;
  return pageOf({
    kind: "suite",
    title: `Suite ${name(suite)}, agent ${name(agent)}`,
    heading: `Suite ${name(suite)}`,
    about: `Agent ${name(agent)}, ${played} of ${drills.length} drills in ${duration(wallMs)}, begun ${utc(startedAt)}`,
    summary: verbatim(embedded(document(record))),
    banner: bannerOf(record),
    sections: [...SPLITS.flatMap((split) => splitSection(record, split)), uncounted(drills)],
    provenance: [
      fact("Firedrill", record.firedrill),
      fact("Commit", record.commit ?? "not known"),
      fact("Agent", agent),
      fact("Telemetry", `OTLP over ${record.otlp}`),
      fact("Ended", endedAt === null ? "not yet" : utc(endedAt)),
    ],
  });
}

function bannerOf({ drills }: SuiteRecord): Banner {
  const figures = figuresOf(drills);
  const all = drills.flatMap(({ attempts }) => standing(attempts) ?? []);
  const having = (state: Attempt["state"]): number => all.filter((one) => one.state === state).length;
  const missed = having("wrong") + having("no-answer") + having("agent-error");
  const state = all.some(counts) ? (missed === 0 ? "correct" : "wrong") : "invalid";
  const left = drills.length - all.length;
  return {
    state,
    word: state === "correct" ? "All right" : state === "wrong" ? `${missed} missed` : "Nothing counts",
    icon: icon(state),
    headline: `${having("correct")} right, ${missed} missed, ${having("invalid") + having("failed")} did not count${left > 0 ? `, ${left} still to come` : ""}`,
    sentences: ["Development and held-out drills are never added up: on the first an agent may have been tuned."],
    reasons: [],
    tiles: SPLITS.flatMap((split) => [
      fact(`Named exactly, ${split}`, shareTold(figures[split].incidents.correct), "of the incidents that count"),
      fact(`Left alone, ${split}`, shareTold(figures[split].controls.correct), "of the controls that count"),
    ]),
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
function shareTold({ value, low, high, n }: Share): string {
  return value === null ? "none" : `${percent(value)} (${percent(low)} to ${percent(high)}), n = ${n}`;
}

function splitSection({ drills }: SuiteRecord, split: Split): Section[] {
  const own = drills.filter((drill) => drill.split === split);
  if (own.length === 0) return [];
  const [header = [], ...rows] = figureGrid({ drills });
  const at = header.indexOf(split);
  return [
    {
      id: split,
      nav: split,
      title: `${split}: ${own.length} drills`,
      lead: null,
      blocks: [
        chart(split, figuresOf(drills)[split]),
        table(
          `Figures, ${split}`,
          ["", split],
          rows.map((row) => [row[0] ?? "", row[at] ?? ""]),
        ),
        drillTable(own, split),
      ],
    },
  ];
}

function chart(split: Split, { incidents, controls }: Figures): Block {
  const shares: readonly (readonly [string, Share])[] = [
    ["named exactly", incidents.correct],
    ["cause first", incidents.acAt1],
    ["in the first three", incidents.acAt3],
    ["detected", incidents.detected],
    ["controls left alone", controls.correct],
  ];
  const spreads = shares.flatMap(([what, { value, low, high }]): Spread[] =>
    value === null ? [] : [{ name: what, value, low, high, aside: false }],
  );
  if (spreads.length === 0) return prose("No drill of this part counts yet.", "quiet");
  return {
    kind: "figure",
    caption: "Means over scenarios with 95 % intervals (Wilson); only drills that count are in them.",
    wide: intervals(`${split}-w`, 1040, `Shares, ${split}`, spreads),
    narrow: intervals(`${split}-n`, 330, `Shares, ${split}`, spreads),
    legend: [],
  };
}

const SIGNS: Readonly<Record<Attempt["state"], string>> = {
  correct: "✓",
  wrong: "✗",
  "no-answer": "–",
  "agent-error": "!",
  invalid: "∅",
  failed: "∅",
};
/** Columns of the drill grid that stand beside the scenario, which is the row's heading and leads to its report. */
const SHOWN = ["seed", "state", "rank", "named", "detected"];

function drillTable(drills: readonly Drill[], split: Split): Block {
  const [header = [], ...rows] = drillGrid({ drills });
  const columns = SHOWN.map((column) => header.indexOf(column));
  const linked = drills.map(({ scenario, attempts }, i): readonly Written[] => {
    const run = standing(attempts)?.run;
    const title = run ? el("a", { href: `${encodeURIComponent(run)}/report.html` }, scenario) : scenario;
    const sign = SIGNS[standing(attempts)?.state ?? "failed"];
    const told = columns.map((at) =>
      at === header.indexOf("state") ? `${sign} ${rows[i]?.[at]}` : (rows[i]?.[at] ?? ""),
    );
    return [cell(title), ...told];
  });
  return table(`Each drill, ${split}`, ["scenario", ...SHOWN], linked);
}

function uncounted(drills: readonly Drill[]): Section {
  const reasons = drills.flatMap(({ scenario, seed, attempts }) =>
    attempts
      .filter((one) => !counts(one))
      .map(({ state, why }) => `${scenario}, seed ${seed}: ${state}: ${why.join("; ")}`),
  );
  return {
    id: "uncounted",
    nav: "Did not count",
    title: "What did not count",
    lead: "A run that is invalid says nothing about the agent; it is tried once more.",
    blocks: [
      reasons.length === 0
        ? prose("Every attempt counts.")
        : list(
            null,
            reasons.map((one) => plain(one)),
          ),
    ],
  };
}
