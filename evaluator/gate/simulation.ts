import { seeded } from "../../generator/phase.ts";
import { RULES } from "./rules.ts";
import { simulate, type Tally, unlucky, WORLD } from "./simulate.ts";

const CASES = [20, 40, 80] as const;
const DROPS = [0, 0.05, 0.1, 0.15] as const;
/** Of the last column: at most so many sets of accepted runs, and as many gates against each. */
const SETS = 100;
/** Half of what a real gate draws: the table needs many. */
const DRAWS = 1_000;
const SEED = 7;

/** A line of the table. */
export interface Row {
  readonly cases: number;
  readonly confirm: boolean;
  readonly tallies: readonly Tally[];
  /** False red at the 90 % point over stored sets. */
  readonly unlucky: number;
}

/** Simulates so many gates a cell, line by line. */
export function* simulation(gates: number): Generator<Row> {
  const random = seeded(SEED);
  const sets = Math.min(SETS, Math.ceil(gates / 20));
  for (const cases of CASES)
    for (const confirm of [false, true]) {
      const rules = { ...RULES, draws: DRAWS, ...(confirm ? {} : { confirm: 0 }) };
      const tallies = DROPS.map((drop) => simulate({ ...WORLD, cases, drop }, rules, gates, random));
      yield { cases, confirm, tallies, unlucky: unlucky({ ...WORLD, cases }, rules, { sets, gates: sets }, random) };
    }
}

export const HEAD = [
  `| cases | ${DROPS.map((drop) => (drop === 0 ? "nothing changed" : `-${(100 * drop).toFixed(0)} points`)).join(" | ")} | red though nothing changed, unlucky accepted runs (p90) |`,
  "|---|---|---|---|---|---|",
].join("\n");

/** Red, green and undecided in %, and the candidate's runs a case. */
export function rowTold({ cases, confirm, tallies, unlucky }: Row): string {
  const cells = tallies.map(({ gates, fail, pass, inconclusive, runs }) => {
    const percent = (count: number): string => ((100 * count) / gates).toFixed(1);
    return `${percent(fail)} / ${percent(pass)} / ${percent(inconclusive)}, ${runs.toFixed(1)}`;
  });
  return `| ${cases}, ${confirm ? "confirm" : "no confirm"} | ${cells.join(" | ")} | ${(100 * unlucky).toFixed(0)} % |`;
}
