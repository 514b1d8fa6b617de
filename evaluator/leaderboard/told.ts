import { aligned, piped } from "../grid.ts";
import { NOTHING, percent } from "./cells.ts";
import type { Provenance } from "./provenance.ts";
import type { Board, Summary } from "./summary.ts";
import { matrixOf, tablesOf } from "./tables.ts";

/** Not at a terminal: there the first things first. */
const ONLY_ON_PAGES = new Set(["The cause, more closely"]);

/** For a person at a terminal. */
export function told(summary: Summary, directory: string): string {
  const parts = summary.boards.flatMap((board) => [
    headingOf(board),
    ...tablesOf(board)
      .filter(({ title }) => !ONLY_ON_PAGES.has(title))
      .flatMap(({ title, grid }) => ["", title, ...aligned(grid)]),
    "",
    ...notesOf(board),
    "",
  ]);
  return [...faultLines(summary), ...parts, originOf(summary.provenance), `all of it: ${directory}`, ""].join("\n");
}

/** The same as a page, with all tables. */
export function markdown(summary: Summary): string {
  const { provenance, boards } = summary;
  return [
    `# Leaderboard: ${provenance.agents.join(", ")}`,
    "",
    ...faultLines(summary).map((line) => `**${line}**\n`),
    originOf(provenance),
    "",
    ...boards.flatMap((board) => [
      `## ${headingOf(board)}`,
      "",
      ...tablesOf(board).flatMap(({ title, note, grid }) => [`### ${title}`, "", note, "", ...piped(grid), ""]),
      "### Each case",
      "",
      ...piped(matrixOf(board)),
      "",
      ...notesOf(board).map((line) => `- ${line}`),
      "",
    ]),
  ].join("\n");
}

export function headingOf({ part, incidents, controls, clusters, invalid }: Board): string {
  const lost = invalid.length > 0 ? `; ${invalid.length} recordings do not count` : "";
  return `${part}: n = ${incidents} incidents and ${controls} controls in ${clusters} clusters${lost}`;
}

/** What puts the figures in their place. */
export function notesOf({ invalid, names, permuted }: Board): string[] {
  const { n, right, expected, p, well } = names;
  const probe =
    p === null
      ? "names alone: nothing to guess"
      : `names alone guess ${right.toFixed(1)} of ${n} clusters, ${percent(expected)} expected, p = ${p.toFixed(2)}: ${well ? "they tell nothing" : "THEY TELL THE ANSWER"}`;
  return [
    ...invalid.map(({ title, broken }) => `does not count: ${title}: ${broken.join("; ")}`),
    probe,
    ...Object.entries(permuted).map(([agent, one]) =>
      one === null
        ? `${agent} with truths exchanged among cases: ${NOTHING}`
        : `${agent} with truths exchanged among cases: exact set ${percent(one.mean)}, 97.5 % of exchanges at most ${percent(one.upper)}; really ${percent(one.real)}${one.above ? "" : ", WHICH IS NO MORE"}`,
    ),
  ];
}

function faultLines({ faults }: Summary): string[] {
  return faults.map(({ rule, text }) => `BROKEN (${rule}): ${text}`);
}

export function originOf({ firedrill, commit, corpus, repeats, shard, wallMs }: Provenance): string {
  const part = shard === null ? "" : `, shard ${shard.index} of ${shard.of}`;
  const runs = repeats === 1 ? "one run a case" : `${repeats} runs a case`;
  return `Firedrill ${firedrill} (${commit ?? "no commit"}), corpus ${corpus.sha256.slice(0, 12)} of ${corpus.cases} cases${part}, ${runs}, ${(wallMs / 60_000).toFixed(1)} min`;
}
