import type { Stamped } from "../agent/investigation.ts";
import type { Instant, Millis } from "../agent/telemetry/model.ts";
import type { Run } from "./run.ts";

/** From an alarm to its all-clear; gaps under a minute merge. */
export interface Episode {
  readonly from: Instant;
  readonly to: Instant;
}
const MERGE: Millis = 60_000;
const AFTERMATH: Millis = 60_000;
const SETTLED: Millis = 120_000;

export function episodes(run: Run, findings: readonly Stamped[]): Episode[] {
  const merged: { from: Instant; to: Instant }[] = [];
  let open = false;
  for (const { kind, at } of findings) {
    const last = merged.at(-1);
    if (kind === "alarm" && !open) {
      open = true;
      if (last && at - last.to < MERGE) last.to = run.endedAt;
      else merged.push({ from: at, to: run.endedAt });
    } else if (kind === "all-clear" && open && last) {
      open = false;
      last.to = at;
    }
  }
  return merged;
}

/** When something began to be wrong, as far as known: users are hurt, or the meters say that a fault acts. */
export function begin({ inForceAt, harmAt }: Run): Instant | null {
  return inForceAt === null ? null : Math.min(inForceAt, harmAt ?? inForceAt);
}

/** The episode that detects the incident: it starts between its begin and a minute after the fault was taken back. */
export function detecting(run: Run, findings: readonly Stamped[]): Episode | undefined {
  const from = begin(run);
  if (from === null) return undefined;
  const to = (run.revertedAt ?? run.endedAt) + AFTERMATH;
  return episodes(run, findings).find((episode) => episode.from >= from && episode.from <= to);
}

/** The time in which every alarm is a false one: before the incident's begin, and from two minutes after recovery. */
export function faultFree(run: Run): { from: Instant; to: Instant }[] {
  const start = run.phases.find((phase) => phase.kind !== "warm-up")?.from ?? run.startedAt;
  const until = begin(run);
  if (until === null) return [{ from: start, to: run.endedAt }];
  const calm = [{ from: start, to: until }];
  const after = run.recoveredAt === null ? run.endedAt : run.recoveredAt + SETTLED;
  if (after < run.endedAt) calm.push({ from: after, to: run.endedAt });
  return calm;
}

export function falseAlarms(run: Run, findings: readonly Stamped[]): number {
  const calm = faultFree(run);
  return episodes(run, findings).filter(({ from }) => calm.some((one) => from >= one.from && from < one.to)).length;
}

/** Length of the fault-free time. */
export function calmTime(run: Run): Millis {
  return faultFree(run).reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
}

/** Share of the fault-free time in which an alarm stood; null when there was none. */
export function alarmedShare(run: Run, findings: readonly Stamped[]): number | null {
  const total = calmTime(run);
  if (total <= 0) return null;
  const raised = episodes(run, findings);
  const alarmed = faultFree(run).flatMap((calm) =>
    raised.map(({ from, to }) => Math.max(0, Math.min(to, calm.to) - Math.max(from, calm.from))),
  );
  return alarmed.reduce((a, b) => a + b, 0) / total;
}
