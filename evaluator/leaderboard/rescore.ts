import type { Stamped } from "../../agent/investigation.ts";
import { judge } from "../judge.ts";
import { trialOf } from "../trial.ts";
import type { CaseRecord } from "./case-record.ts";
import type { Results } from "./results.ts";
import { lineOf, type TrialLine } from "./trial-line.ts";

/** Scores that ask the recording itself, which is not read again. */
const KEPT = ["claim-grounded", "claim-contradicted"];

/** All other scores of today's metrics, from what was said then: no agent runs. */
export function rescored({ provenance, cases, trials }: Results): Results {
  const byId = new Map(cases.map((record) => [record.id, record]));
  return {
    provenance,
    cases,
    trials: trials.flatMap((line) => {
      const record = byId.get(line.case);
      return record ? [again(line, record)] : [];
    }),
  };
}

function again(line: TrialLine, { run, truth, edges }: CaseRecord): TrialLine {
  const { agent, repeat, reference, crashed, thinking, findings, sha256 } = line;
  const said = findings as unknown as readonly Stamped[];
  const trial = { ...trialOf(run, truth, agent, { findings: said, crashed, thinking }), repeat, witness: { edges } };
  const fresh = lineOf(judge(trial, truth), reference);
  const kept = KEPT.flatMap((name) => {
    const before = line.measurements[name];
    return before ? [[name, before] as const] : [];
  });
  return { ...fresh, measurements: { ...fresh.measurements, ...Object.fromEntries(kept) }, findings, sha256 };
}
