import type { FaultClass, Stamped } from "../../../agent/investigation.ts";
import { judge } from "../../judge.ts";
import type { Run } from "../../run.ts";
import { alarm, diagnosis, incident, sampleRun, sampleTrial } from "../../testing/sample-trial.ts";
import { validity } from "../../validity.ts";
import type { CaseRecord, Part } from "../case-record.ts";
import type { Provenance } from "../provenance.ts";
import type { Results } from "../results.ts";
import { lineOf, type TrialLine } from "../trial-line.ts";

const QUIET: Partial<Run> = { inForceAt: null, harmAt: null, revertingAt: null, revertedAt: null, recoveredAt: null };

/** A case whose cause is this component; null: a control. Each is a cluster of its own unless told otherwise. */
export function sampleCase(id: string, cause: string | null, change: Partial<CaseRecord> = {}): CaseRecord {
  const scenario = `scenario-${id}`;
  return {
    id,
    part: "development",
    cluster: `cluster-${id}`,
    run: sampleRun({ case: id, scenario, ...(cause === null ? QUIET : {}) }),
    truth: cause === null ? { incident: false } : incident(cause, "cpu"),
    edges: [
      ["a", "b"],
      ["b", "store"],
    ],
    files: ["telemetry/traces.arrivals"],
    replayedMs: 300_000,
    ...change,
  };
}

/** Raises an alarm 5 s after users were hurt and names this component. */
export const naming = (component: string, cause: FaultClass = "cpu", confidence = 0.9): readonly Stamped[] => [
  alarm(190),
  diagnosis(190, 1, [component, cause, confidence]),
];

export function sampleLine(
  agent: string,
  record: CaseRecord,
  said: readonly Stamped[],
  change: { repeat?: number; reference?: boolean; crashed?: string } = {},
): TrialLine {
  const { run, truth, edges } = record;
  const { repeat = 1, reference = false, crashed = null } = change;
  const witness = { edges };
  const judged = validity(run, truth);
  const trial = sampleTrial(said, { run, agent, repeat, crashed, witness, validity: judged });
  return lineOf(judge(trial, truth), reference);
}

/** The two that prove the harness. */
export function proofs(record: CaseRecord): TrialLine[] {
  const { truth } = record;
  const truly = truth.incident ? naming(truth.causes[0].component) : [];
  return [
    sampleLine("oracle", record, truly, { reference: true }),
    sampleLine("silent", record, [], { reference: true }),
  ];
}

export function sampleProvenance(cases: number, change: Partial<Provenance> = {}): Provenance {
  return {
    schema: 1,
    firedrill: "0.1.0",
    commit: "abcdef0",
    node: "v24",
    host: "here",
    corpus: { sha256: "c0ffee", cases },
    agents: ["x"],
    references: ["oracle", "silent"],
    repeats: 1,
    shard: null,
    startedAt: 0,
    endedAt: 1,
    wallMs: 60_000,
    ...change,
  };
}

/** Every case with the two proofs and what the agents say of it. */
export function sampleResults(
  cases: readonly CaseRecord[],
  agents: Readonly<Record<string, (record: CaseRecord) => readonly Stamped[]>>,
  change: Partial<Provenance> = {},
): Results {
  const trials = cases.flatMap((record) => [
    ...proofs(record),
    ...Object.entries(agents).map(([agent, say]) => sampleLine(agent, record, say(record))),
  ]);
  return { provenance: sampleProvenance(cases.length, { agents: Object.keys(agents), ...change }), cases, trials };
}

/** So many incidents, their causes in turn, and a control for every fourth of them. */
export function manyCases(count: number, part: Part = "development"): CaseRecord[] {
  const causes = ["a", "b", "store"];
  return [
    ...Array.from({ length: count }, (_, i) => sampleCase(`${part}-i${i}`, causes[i % causes.length] ?? "a", { part })),
    ...Array.from({ length: Math.floor(count / 4) }, (_, i) => sampleCase(`${part}-c${i}`, null, { part })),
  ];
}
