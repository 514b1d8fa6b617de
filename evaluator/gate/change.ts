import type { Accepted, CaseScore } from "./accepted.ts";
import { meanScore } from "./score.ts";

/** A line for each case that is new, gone or otherwise than before; nothing for the rest. */
export function changes(
  before: Accepted | undefined,
  now: Accepted,
  titles: Readonly<Record<string, string>>,
): readonly string[] {
  const was = before ? scoresOf(before) : {};
  const is = scoresOf(now);
  const ids = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return ids.flatMap((id) => {
    const text = changeTold(was[id], is[id]);
    return text === undefined ? [] : [`${titles[id] ?? id}: ${text}`];
  });
}

function scoresOf(accepted: Accepted): Readonly<Record<string, CaseScore>> {
  if (accepted.schemaVersion === 1) return accepted.cases;
  const all = Object.entries(accepted.cases);
  return Object.fromEntries(all.map(([id, { cluster, runs }]) => [id, meanScore(cluster, runs)]));
}

function changeTold(was: CaseScore | undefined, is: CaseScore | undefined): string | undefined {
  if (is === undefined) return "gone";
  if (was === undefined) return `new: ${is.state}, exact set ${shown(is.exact_set)}`;
  const parts = [
    ...(was.state === is.state ? [] : [`${was.state} -> ${is.state}`]),
    ...(was.exact_set === is.exact_set ? [] : [`exact set ${shown(was.exact_set)} -> ${shown(is.exact_set)}`]),
    ...(was.ttd_ms === is.ttd_ms ? [] : [`alarm after ${seconds(was.ttd_ms)} -> ${seconds(is.ttd_ms)}`]),
    ...(was.false_alarms === is.false_alarms
      ? []
      : [`false alarms ${shown(was.false_alarms)} -> ${shown(is.false_alarms)}`]),
    ...(typeof is.grounded !== "number" || is.grounded === was.grounded
      ? []
      : [`claims that hold ${shown(was.grounded ?? null)} -> ${shown(is.grounded)}`]),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

const shown = (value: number | null): string => (value === null ? "not asked" : String(Number(value.toFixed(2))));
const seconds = (ms: number | null): string => (ms === null ? "none" : `${(ms / 1_000).toFixed(1)} s`);
