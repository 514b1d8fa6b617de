import { type Block, cell, fact, list, prose, type Section, table, type Written } from "../report/block.ts";
import { look } from "../report/charts/golden.ts";
import { intervals, type Spread } from "../report/charts/intervals.ts";
import { key } from "../report/charts/lines.ts";
import { waiting } from "../report/charts/waiting.ts";
import { script, style } from "../report/generated/assets.ts";
import { icon } from "../report/icons.ts";
import { verbatim } from "../report/markup.ts";
import { utc } from "../report/numbers.ts";
import { policy } from "../report/policy.ts";
import type { Banner } from "../report/sections/banner.ts";
import { fill, type Limits } from "../report/templates.ts";
import { listed, plain } from "../report/text.ts";
import type { State } from "../trial-record.ts";
import { shareTold } from "./cells.ts";
import type { Board, Summary } from "./summary.ts";
import { listens, matrixOf, type Table, tablesOf } from "./tables.ts";
import { headingOf, notesOf, originOf } from "./told.ts";

/** A case a row: as many as a corpus may have. */
const LIMITS: Limits = { text: 8_000, rows: 1_000 };
const SIGNS: Readonly<Record<State, string>> = {
  correct: "✓",
  wrong: "✗",
  "no-answer": "–",
  "agent-error": "!",
  invalid: "∅",
};

/** The leaderboard as one HTML file that needs no network. The same summary gives the same bytes. */
export function renderLeaderboard(summary: Summary): string {
  const { provenance, boards } = summary;
  const model = {
    kind: "leaderboard",
    policy: verbatim(policy()),
    title: `Leaderboard: ${listed(provenance.agents)}`,
    heading: `Leaderboard: ${listed(provenance.agents)}`,
    about: originOf(provenance),
    style: verbatim(style),
    script: verbatim(script),
    summary: verbatim(factsFor(summary)),
    banner: bannerOf(summary),
    sections: boards.flatMap(sectionsOf),
    provenance: [
      fact("Firedrill", provenance.firedrill),
      fact("Commit", provenance.commit ?? "not known"),
      fact("Node", provenance.node),
      fact("Host", provenance.host),
      fact("Corpus", `${provenance.corpus.cases} cases, sha256 ${provenance.corpus.sha256}`),
      fact("Agents", provenance.agents.join(", ")),
      fact("References", provenance.references.join(", ")),
      fact("Runs a case", String(provenance.repeats)),
      fact("Begun", utc(provenance.startedAt)),
    ],
  };
  return fill(model, LIMITS);
}

/** For tools; nothing in it can end the element that holds it. */
function factsFor({ provenance, boards, faults }: Summary): string {
  const rows = boards.flatMap(({ part, rows: all }) =>
    all.map(({ agent, reference, rank, scores }) => ({ part, agent, reference, rank, exactSet: scores["exact-set"] })),
  );
  const told = { schema: 1, corpus: provenance.corpus, faults, rows };
  return JSON.stringify(told).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function bannerOf({ faults, boards }: Summary): Banner {
  const broken = faults.length > 0;
  const state: State = broken ? "wrong" : "correct";
  return {
    state,
    word: broken ? "Broken" : "Sound",
    icon: icon(state),
    headline: broken
      ? "Nothing here can be believed: the harness or the set is broken"
      : "Who knows the truth scores 1, who says nothing 0, and names tell nothing",
    sentences: ["Development and held-out cases are never added up: on the first an agent may have been tuned."],
    reasons: faults.map(({ text }) => plain(text)),
    tiles: boards.flatMap(({ part, incidents, rows }) =>
      rows
        .filter(({ rank }) => rank !== null)
        .map(({ agent, scores }) =>
          fact(`${agent}, ${part}`, shareTold(scores["exact-set"], incidents), `exact set of ${incidents} incidents`),
        ),
    ),
  };
}

function sectionsOf(board: Board): Section[] {
  const { part } = board;
  return [
    {
      id: part,
      nav: part,
      title: headingOf(board),
      lead: null,
      blocks: [
        chart(board),
        ...waits(board),
        ...tablesOf(board).flatMap(blocksOf),
        list("What puts these figures in their place", notesOf(board)),
      ],
    },
    {
      id: `${part}-cases`,
      nav: `${part}: cases`,
      title: `Each case: ${part}`,
      lead: "✓ correct, ✗ wrong, – no answer, ! the agent failed, ∅ the recording does not count.",
      blocks: [matrix(board)],
    },
  ];
}

function chart(board: Board): Block {
  const spreads = board.rows.flatMap(({ agent, reference, scores: { "exact-set": exact } }): Spread[] =>
    exact?.value === undefined || exact.value === null
      ? []
      : [{ name: agent, value: exact.value, low: exact.low, high: exact.high, aside: reference }],
  );
  if (spreads.length === 0) return prose("There is no incident that counts.", "quiet");
  const title = `Exact set, ${board.part}`;
  return {
    kind: "figure",
    caption:
      "Share of the incidents in which exactly the true causes were named, with 95 % intervals. ● agents, ○ references.",
    wide: intervals(`${board.part}-w`, 1040, title, spreads),
    narrow: intervals(`${board.part}-n`, 330, title, spreads),
    legend: [],
  };
}

/** Time to detect, as curves; agents with the same alarms share one. */
function waits({ part, rows }: Board): Block[] {
  const heard = rows.filter(listens).filter(({ detection }) => detection.n > 0);
  const groups = [...Map.groupBy(heard, ({ detection }) => JSON.stringify(detection.curve)).values()];
  const curves = groups.map((own, i) => ({
    name: listed(own.map(({ agent }) => agent)),
    look: look(i),
    steps: own[0]?.detection.curve ?? [],
  }));
  const until = Math.max(
    ...heard.map(({ detection }) => detection.tau ?? 0),
    ...curves.flatMap(({ steps }) => steps.map(({ at }) => at)),
  );
  if (curves.length === 0 || until <= 0) return [];
  const title = `Not yet detected, ${part}`;
  return [
    {
      kind: "figure",
      caption: "Share of the incidents that is not yet detected, by time since users were hurt (Kaplan and Meier).",
      wide: waiting(`${part}-k`, 1040, title, until, curves),
      narrow: waiting(`${part}-m`, 330, title, until, curves),
      legend: curves.map(({ look, name }) => ({ key: key(look), text: name })),
    },
  ];
}

function blocksOf({ title, note, grid: [header = [], ...rows] }: Table): Block[] {
  // The agent is the heading of its row.
  const turned = ([rank = "", agent = "", ...cells]: readonly string[]): Written[] => [agent, rank, ...cells];
  return [prose(note, "quiet"), table(title, turned(header).map(String), rows.map(turned))];
}

function matrix(board: Board): Block {
  const [header = [], ...rows] = matrixOf(board);
  const signed = (states: string): Written =>
    cell(
      states
        .split(" ")
        .map((state) => SIGNS[state as State] ?? state)
        .join(" "),
    );
  return table(
    `States of ${board.matrix.length} cases`,
    header,
    rows.map(([title = "", ...states]) => [title, ...states.map(signed)]),
  );
}
