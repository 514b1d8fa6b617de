import type { Row } from "../row.ts";
import type { Summary } from "../summary.ts";

/** The row of an agent on the first board. */
export function rowOf({ boards }: Summary, agent: string): Row {
  const row = boards[0]?.rows.find((one) => one.agent === agent);
  if (row === undefined) throw new Error(`there is no row of ${agent}`);
  return row;
}

export const exactOf = (summary: Summary, agent: string): number | null =>
  rowOf(summary, agent).scores["exact-set"]?.value ?? null;
