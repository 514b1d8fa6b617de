import type { Run } from "../../run.ts";
import type { Broken, Trial, Verdict } from "../../trial-record.ts";
import { type Block, cell, prose, table } from "../block.ts";
import { clock, duration, latency, percent } from "../numbers.ts";
import { listed, name, sentence } from "../text.ts";

interface Rule {
  /** The name that a broken rule carries; with a part in brackets it is one of several of this name. */
  readonly rule: string;
  readonly saw: string;
}

/** Every rule that makes a run count, with what was seen; a broken one with its limit. */
export function rules({ trial, truth }: Verdict): readonly Block[] {
  const broken = trial.validity.ok ? [] : trial.validity.broken;
  const known = rulesOf(trial, truth.incident);
  const of = ({ rule }: Rule): readonly Broken[] =>
    broken.filter((one) => one.rule === rule || one.rule.startsWith(`${rule} (`));
  const rows = known.flatMap((one): { text: Parameters<typeof table>[2][number]; bad: boolean }[] => {
    const failed = of(one);
    if (failed.length === 0) return [{ text: [cell(sentence(one.rule)), "✓ holds", one.saw], bad: false }];
    return failed.map((failure) => ({ text: failing(failure), bad: true }));
  });
  const others = broken.filter((one) => !known.some((rule) => of(rule).includes(one)));
  const all = [...others.map((one) => ({ text: failing(one), bad: true })), ...rows];
  const verdict = trial.validity.ok
    ? prose("✓ Every rule of validity holds: the run counts.", "good")
    : prose("✗ A rule of validity is broken: the run does not count.", "bad");
  return [
    verdict,
    table(
      "Rules that make a run count",
      ["Rule", "State", "Seen"],
      all.map(({ text }) => text),
      all.map(({ bad }) => (bad ? "bad" : "")),
    ),
  ];
}

const failing = ({ rule, saw, limit }: Broken): Parameters<typeof table>[2][number] => [
  cell(sentence(rule)),
  "✗ broken",
  cell(saw, `The limit is: ${limit}`),
];

function rulesOf({ run }: Trial, incident: boolean): readonly Rule[] {
  const harm = run.harmAt === null ? "users were not hurt" : `users were hurt from ${clock(run.harmAt, run.startedAt)}`;
  const { health } = run;
  return [
    { rule: "driven to the end", saw: listed(run.phases.map((phase) => name(phase.name))) },
    { rule: "load reached", saw: load(run) },
    ...(incident
      ? [{ rule: "fault in force", saw: run.faults.length === 0 ? "none was to be injected" : "its mechanism acted" }]
      : []),
    incident ? { rule: "users hurt", saw: harm } : { rule: "control quiet", saw: harm },
    { rule: "telemetry complete", saw: spans(health) },
    { rule: "taken back", saw: run.faults.map((fault) => name(fault.reverted ?? "not taken back")).join(", ") || "nothing to take back" },
    ...(incident ? [{ rule: "recovered", saw: recovery(run) }] : []),
    { rule: "host not starved", saw: `${percent(health.idleCpu)} of the CPU idle (median)` },
    { rule: "nothing told", saw: `${health.redactions} redactions, ${health.leaks} leaks` },
  ]; // biome-ignore format: a table reads better than a column
}

function load({ load }: Run): string {
  const least = Math.min(...load.phases.map(({ offered, achieved }) => (offered > 0 ? achieved / offered : 1)));
  const late = Math.max(0, ...load.phases.map(({ slip }) => slip));
  return load.phases.length === 0
    ? "no phase"
    : `at least ${percent(least)} sent in each phase, at most ${latency(late)} late (p99)`;
}

function spans({ spanShare, refusedBatches }: Run["health"]): string {
  const least = Math.min(1, ...Object.values(spanShare));
  return `spans of at least ${percent(least)} of each app's requests, ${refusedBatches} batches refused`;
}

function recovery({ recoveredAt, revertedAt, endedAt }: Run): string {
  return recoveredAt === null ? "users did not recover" : `after ${duration(recoveredAt - (revertedAt ?? endedAt))}`;
}
