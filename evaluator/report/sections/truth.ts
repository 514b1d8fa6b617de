import type { InjectedFault } from "../../run.ts";
import type { Verdict } from "../../trial-record.ts";
import { type Block, code, fact, facts, fold, prose, type Section, table } from "../block.ts";
import { clock, duration } from "../numbers.ts";
import { listed, name } from "../text.ts";
import { spoken } from "../words.ts";

/** What was really done. No agent sees it. */
export function truth(verdict: Verdict): Section {
  const { truth: told, trial } = verdict;
  const blocks: Block[] = [];
  if (told.incident) {
    blocks.push(prose(told.mechanism), causes(told));
    if (told.remedies)
      blocks.push(
        facts(
          fact("Remedies that would help", listed(told.remedies.accepted.map(spoken))),
          fact("Remedies that would not", listed(told.remedies.rejected.map(spoken))),
        ),
      );
  } else blocks.push(prose("Nothing was done to the apps. Whoever calls an incident here cries wolf."));
  if (told.decoys && told.decoys.length > 0) blocks.push(prose(`Laid as decoys: ${listed(told.decoys)}.`));
  for (const fault of trial.run.faults) blocks.push(...injected(fault, trial.run.startedAt));
  if (told.incident && trial.run.faults.length === 0)
    blocks.push(
      prose("No fault was injected into an app: the incident came with the traffic that users sent.", "quiet"),
    );
  return {
    id: "truth",
    nav: "Truth",
    title: "What was really done",
    lead: "The truth was kept away from the agent and meets its answer only in the judge.",
    blocks,
  };
}

function causes(told: Extract<Verdict["truth"], { incident: true }>): Block {
  const rows = told.causes.map((cause) => [
    name(cause.component),
    spoken(cause.cause),
    listed(cause.accepts ?? [], ""),
    listed((cause.acceptsCause ?? []).map(spoken), ""),
  ]);
  return table(
    "True causes",
    ["Component", "Kind of fault", "Also accepted as the place", "Also accepted as the kind"],
    rows,
  );
}

function injected(fault: InjectedFault, start: number): Block[] {
  const { notBefore, notAfter } = fault.effective;
  const params = Object.entries(fault.params).map(
    ([key, value]) => `${key} ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
  );
  const felt = fault.impact;
  const doses = fault.doses.map(({ at, dose }) => [clock(at, start), String(dose)]);
  return [
    facts(
      fact("Fault", spoken(fault.kind), `on ${name(fault.on)}`),
      fact("Dose", params.map((one) => name(one)).join(", ") || "as it is"),
      fact("Asked for", clock(fault.requestedAt, start)),
      fact(
        "Took effect between",
        `${clock(notBefore, start)} and ${clock(notAfter, start)}`,
        `known to ${duration(Math.max(0, notAfter - notBefore))}`,
      ),
      fact("Mechanism acted", felt ? yes(felt.mechanism) : "never verified"),
      fact("Users were hurt", felt ? yes(felt.users) : "never verified"),
      fact("Taken back", fault.reverted === null ? "✗ no" : name(fault.reverted)),
    ),
    ...(doses.length > 1 ? [table("Doses over time", ["When", "#Dose"], doses)] : []),
    ...(felt && felt.evidence.length > 0
      ? [
          fold("How the impact was verified", [
            code("Measurements behind the verified impact", JSON.stringify(felt.evidence, null, 2)),
          ]),
        ]
      : []),
  ];
}

const yes = (is: boolean): string => (is ? "✓ yes" : "✗ no");
