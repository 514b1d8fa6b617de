import type { Truth } from "../scenarios/scenario.ts";
import type { Run } from "./run.ts";
import type { Broken, Validity } from "./trial-record.ts";

/** Limits of a run that counts. They are never tuned by looking at scores. */
const SENT = 0.99;
const SLIP_MS = 50;
const DROPPED = 0.005;
const SPANS = 0.98;
const IDLE = 0.1;
const RECOVERY_MS = 120_000;

/** Whether a run counts, decided without its answer (it cannot see one). Every broken rule is listed. */
export function validity(run: Run, truth: Truth): Validity {
  // Whoever published a case has judged that already; none of what the rules ask was recorded.
  if (run.imported !== undefined) return { ok: true };
  const broken = [
    ...stopped(run),
    ...loadReached(run),
    ...(truth.incident ? inForce(run) : quiet(run)),
    ...telemetryComplete(run),
    ...takenBack(run),
    ...recovered(run, truth),
    ...starved(run),
    ...leaked(run),
  ];
  return broken.length === 0 ? { ok: true } : { ok: false, broken };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function stopped(run: Run): Broken[] {
  if (run.stopped) return [run.stopped];
  const watched = run.phases.some((phase) => phase.kind === "watch");
  return watched ? [] : [{ rule: "driven to the end", saw: "no watch phase", limit: "all phases" }];
}

function loadReached(run: Run): Broken[] {
  return run.load.phases.flatMap(({ name, offered, achieved, dropped, slip }) => {
    const broken: Broken[] = [];
    const rule = `load reached (${name})`;
    if (achieved < SENT * offered)
      broken.push({ rule, saw: `${percent(achieved / offered)} sent`, limit: `at least ${percent(SENT)}` });
    if (slip > SLIP_MS) broken.push({ rule, saw: `${slip.toFixed(0)} ms late (p99)`, limit: `at most ${SLIP_MS} ms` });
    const seconds = run.phases.find((phase) => phase.name === name);
    const due = offered * ((seconds ? seconds.to - seconds.from : 0) / 1_000);
    if (due > 0 && dropped / due > DROPPED)
      broken.push({ rule, saw: `${dropped} dropped`, limit: `at most ${percent(DROPPED)}` });
    return broken;
  });
}

function inForce(run: Run): Broken[] {
  const broken: Broken[] = [];
  for (const fault of run.faults)
    if (!fault.impact?.mechanism)
      broken.push({
        rule: "fault in force",
        saw: fault.impact ? "its mechanism did not act" : "never verified",
        limit: "verified",
      });
  if (run.harmAt === null) {
    const dud = broken.length > 0 ? "dud" : "unfelt";
    broken.push({ rule: "users hurt", saw: `no onset (${dud})`, limit: "3 of 5 bins hurt within the watch" });
  }
  return broken;
}

function quiet(run: Run): Broken[] {
  if (run.harmAt === null) return [];
  return [{ rule: "control quiet", saw: "users were hurt in a control", limit: "fewer than 3 of 5 bins hurt" }];
}

function telemetryComplete({ health }: Run): Broken[] {
  const rule = "telemetry complete";
  const broken: Broken[] = Object.entries(health.spanShare)
    .filter(([, share]) => share < SPANS)
    .map(([app, share]) => ({
      rule,
      saw: `${app}: spans of ${percent(share)} of its requests`,
      limit: percent(SPANS),
    }));
  if (health.refusedBatches > 0) broken.push({ rule, saw: `${health.refusedBatches} batches refused`, limit: "none" });
  return broken;
}

function takenBack(run: Run): Broken[] {
  const rule = "taken back";
  const open = run.faults.filter((fault) => !["restored", "already", "fell-back"].includes(fault.reverted ?? ""));
  return [
    ...open.map((fault) => ({ rule, saw: `${fault.kind}: ${fault.reverted ?? "not taken back"}`, limit: "restored" })),
    ...run.health.residue.map((saw) => ({ rule, saw, limit: "no residue" })),
  ];
}

function recovered(run: Run, truth: Truth): Broken[] {
  if (!truth.incident || run.stopped) return [];
  const from = run.revertedAt ?? run.endedAt;
  if (run.recoveredAt !== null && run.recoveredAt - from <= RECOVERY_MS) return [];
  const saw =
    run.recoveredAt === null ? "users did not recover" : `after ${((run.recoveredAt - from) / 1_000).toFixed(0)} s`;
  return [{ rule: "recovered", saw, limit: `6 quiet bins within ${RECOVERY_MS / 1_000} s` }];
}

function starved({ health }: Run): Broken[] {
  if (health.idleCpu >= IDLE) return [];
  return [{ rule: "host not starved", saw: `${percent(health.idleCpu)} idle`, limit: `at least ${percent(IDLE)}` }];
}

function leaked({ health }: Run): Broken[] {
  const rule = "nothing told";
  const broken: Broken[] = [];
  if (health.redactions > 0) broken.push({ rule, saw: `${health.redactions} attributes redacted`, limit: "none" });
  if (health.leaks > 0) broken.push({ rule, saw: `${health.leaks} leaks in telemetry`, limit: "none" });
  return broken;
}
