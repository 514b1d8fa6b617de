import type { NameProbe } from "../probes/name-only.ts";
import { type Part, titleOf } from "./case-record.ts";
import { type Entry, isIncident } from "./entry.ts";

/** Why nothing in the results can be believed. */
export interface Fault {
  readonly rule: "oracle" | "silent" | "names";
  readonly text: string;
}
/** Who knows the truth has all of these, and who says nothing none of them. */
const TRUTH_DECIDES = [
  "ac-at-1", "ac-at-3", "ac-at-5", "avg-at-5", "mrr", "exact-set", "any-correct", "precision", "recall", "f1", "joint-at-1",
  "trigger-hit", "proximity",
]; // biome-ignore format: a list reads better than a column

interface Probed {
  readonly part: Part;
  readonly names: NameProbe;
}

export function faultsOf(entries: readonly Entry[], boards: readonly Probed[]): Fault[] {
  const counted = entries.filter(({ line }) => line.state !== "invalid");
  const names = boards.filter(({ names: probe }) => !probe.well);
  return [
    ...off(counted, "oracle", 1),
    ...off(counted, "silent", 0),
    ...names.map(({ part, names: { right, n, expected, p } }): Fault => {
      const text = `${part}: names alone tell the cause in ${right.toFixed(1)} of ${n} clusters, ${(100 * expected).toFixed(0)} % is expected (p = ${(p ?? 1).toFixed(4)}): the set gives its answers away`;
      return { rule: "names", text };
    }),
  ];
}

function off(entries: readonly Entry[], agent: "oracle" | "silent", right: number): Fault[] {
  return entries
    .filter(({ line }) => line.agent === agent)
    .flatMap((entry): Fault[] => {
      const { line, record } = entry;
      const wrong = isIncident(entry) ? wrongScores(entry, right) : line.state === "correct" ? [] : [line.state];
      return wrong.length === 0 ? [] : [{ rule: agent, text: `${agent} on ${titleOf(record)}: ${wrong.join(", ")}` }];
    });
}

function wrongScores({ line }: Entry, right: number): string[] {
  return TRUTH_DECIDES.flatMap((name) => {
    const measured = line.measurements[name];
    const well = measured?.kind === "not-applicable" || (measured?.kind === "value" && near(measured.value, right));
    return well ? [] : [`${name} is ${measured?.kind === "value" ? measured.value : (measured?.kind ?? "not there")}`];
  });
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;
