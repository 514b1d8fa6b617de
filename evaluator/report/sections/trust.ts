import type { Verdict } from "../../trial-record.ts";
import { type Block, fact, facts, prose, type Section, table } from "../block.ts";
import { figure, latency, percent, perSecond } from "../numbers.ts";
import { name } from "../text.ts";
import { rules } from "./rules.ts";

/** Whether the run can be trusted: load, telemetry, leaks, and the rules of validity. */
export function trust(verdict: Verdict): Section {
  const { trial } = verdict;
  const { load, health } = trial.run;
  const { all } = load;
  const blocks: Block[] = [
    ...rules(verdict),
    facts(
      fact("Offered", perSecond(all.offered), "due by the plan"),
      fact(
        "Achieved",
        perSecond(all.achieved),
        all.offered > 0 ? `${percent(all.achieved / all.offered)} of it was sent` : null,
      ),
      fact("Dropped by the generator", figure(all.dropped)),
      fact("Slip, p99", latency(all.slip), "from due to sent"),
      fact("Idle CPU", percent(health.idleCpu), "median over the run"),
      fact("Refused batches", figure(health.refusedBatches), "of telemetry"),
      fact("Redactions", figure(health.redactions), "attributes that would have told the answer"),
      fact("Leaks", figure(health.leaks), "of the truth into telemetry"),
    ),
    perPhase(trial.run.load.phases),
    spans(health.spanShare),
  ];
  if (health.residue.length > 0)
    blocks.push(prose(`Left behind: ${health.residue.map((one) => name(one)).join("; ")}`, "bad"));
  return { id: "trust", nav: "Trust", title: "Can this run be trusted?", lead: null, blocks };
}

function perPhase(phases: Verdict["trial"]["run"]["load"]["phases"]): Block {
  const rows = phases.map((one) => [
    name(one.name),
    perSecond(one.offered),
    perSecond(one.achieved),
    figure(one.dropped),
    latency(one.slip),
  ]);
  return table("The load generator in each phase", ["Phase", "#Offered", "#Achieved", "#Dropped", "#Slip p99"], rows);
}

function spans(shares: Readonly<Record<string, number>>): Block {
  const rows = Object.entries(shares).map(([app, share]) => [name(app), percent(share)]);
  if (rows.length === 0) return prose("No spans were counted against requests.", "quiet");
  return table(
    "Server spans received for each answered request, outside the time of the fault",
    ["App", "#Spans received"],
    rows,
  );
}
