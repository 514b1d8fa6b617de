import type { Alarm, Diagnosis, Hypothesis, Stamped } from "../../../agent/investigation.ts";
import { answerOf, judgedWindow } from "../../answer.ts";
import type { Run } from "../../run.ts";
import type { Verdict } from "../../trial-record.ts";
import { type Fact, fact, type Section } from "../block.ts";
import { clock, duration, latency, percent, perSecond, whole } from "../numbers.ts";
import { listed, name, plain } from "../text.ts";
import { causesOf, counting, spoken } from "../words.ts";

/** What was done beside what the agent said of it. */
export function glance(verdict: Verdict): Section {
  return {
    id: "glance",
    nav: "At a glance",
    title: "What was done, and what the agent said",
    lead: null,
    blocks: [
      {
        kind: "sides",
        sides: [
          { title: "▼ What was done", tone: "done", facts: done(verdict) },
          { title: "◆ What the agent said", tone: "told", facts: said(verdict) },
        ],
      },
    ],
  };
}

function done(verdict: Verdict): Fact[] {
  const { run } = verdict.trial;
  return [
    fact("Load", load(run)),
    ...fault(run, verdict.truth.incident),
    ...impact(run),
    fact("True cause", causesOf(verdict)),
    ...(run.recoveredAt === null || !verdict.truth.incident
      ? []
      : [
          fact(
            "Users well again",
            clock(run.recoveredAt, run.startedAt),
            run.revertedAt === null ? null : `${duration(run.recoveredAt - run.revertedAt)} after the fault was gone`,
          ),
        ]),
  ];
}

/** The planned rates, and which of them the watch changed. */
function load(run: Run): string {
  const steady = run.phases.find(({ kind }) => kind === "steady") ?? run.phases[0];
  const watch = run.phases.find(({ kind }) => kind === "watch");
  if (!steady) return "none";
  const sum = Object.values(steady.rps).reduce((all, rate) => all + rate, 0);
  const changed = Object.entries(watch?.rps ?? {}).filter(([app, rate]) => rate !== steady.rps[app]);
  const told = changed.map(
    ([app, rate]) => `${name(app)} from ${perSecond(steady.rps[app] ?? 0)} to ${perSecond(rate)}`,
  );
  return `${perSecond(sum)} over ${Object.keys(steady.rps).length} apps${told.length > 0 ? `; then ${listed(told)}` : ", unchanged"}`;
}

function fault(run: Run, incident: boolean): Fact[] {
  const when =
    run.inForceAt === null
      ? null
      : `in force from ${clock(run.inForceAt, run.startedAt)} for ${duration((run.revertedAt ?? run.revertingAt ?? run.endedAt) - run.inForceAt)}`;
  if (run.faults.length > 0)
    return run.faults.map((one) => fact("Fault", `${spoken(one.kind)} on ${name(one.on)}`, when));
  return [fact("Fault", incident ? "none in an app: it came with the traffic" : "none: a control", when)];
}

/** What users felt, measured at the load generator. */
function impact(run: Run): Fact[] {
  const { incident } = run.load;
  const normal = run.normal["all"];
  if (!incident || run.inForceAt === null) return [fact("Failed requests", percent(run.load.all.errorShare))];
  const hurt =
    run.harmAt === null
      ? "users were not measurably hurt"
      : `users hurt from ${clock(run.harmAt, run.startedAt)}, ${duration(run.harmAt - run.inForceAt)} after injection`;
  const [worst] = Object.entries(run.load.apps).toSorted(([, a], [, b]) => b.errorShare - a.errorShare);
  const more = Object.entries(run.load.apps).reduce(
    (sum, [app, { requests, errorShare }]) => sum + requests * (errorShare - (run.normal[app]?.badShare ?? 0)),
    0,
  );
  return [
    fact(
      "Measured: failed requests",
      `${normal ? `${percent(normal.badShare)} → ` : ""}${percent(incident.errorShare)}`,
      hurt,
    ),
    fact("Measured: p95 response time", `${normal ? `${latency(normal.p95)} → ` : ""}${latency(incident.p95)}`),
    fact(
      "Measured: requests lost",
      `about ${whole(Math.max(0, more))}`,
      `beyond the usual${worst ? `; worst hit: ${name(worst[0])}, ${percent(worst[1].errorShare)} failed` : ""}`,
    ),
  ];
}

function said({ trial }: Verdict): Fact[] {
  const { run, findings, investigation } = trial;
  const alarm = findings.find((one): one is Stamped<Alarm> => one.kind === "alarm");
  const clear = findings.findLast((one) => one.kind === "all-clear");
  const counts = counting(findings, answerOf(run, findings).at);
  const diagnosis = counts ?? findings.findLast((one): one is Stamped<Diagnosis> => one.kind === "diagnosis");
  const blast = investigation.picture?.blastRadius;
  const [remedy] = investigation.picture?.remedies ?? [];
  return [
    alarm
      ? fact(
          "First alarm",
          `${clock(alarm.at, run.startedAt)}, on ${name(alarm.component)}`,
          `${alarm.text}${after(run, alarm.at)}`,
        )
      : fact("First alarm", "none"),
    ...(diagnosis
      ? named(run, diagnosis)
      : [fact("Cause", trial.crashed === null ? "none named" : "none: it ended with an error")]),
    ...(blast
      ? [
          fact(
            "Impact in its count",
            `${whole(blast.lost)} requests lost`,
            `${whole(blast.lostPerMinute)} a minute, ${percent(blast.share)} of all; not affected: ${listed(blast.bystanders)}`,
          ),
        ]
      : []),
    ...(remedy ? [fact("First thing to do", plain(remedy.text, 200), `advice: ${remedy.advice}`)] : []),
    ...(clear
      ? [fact("All clear", clock(clear.at, run.startedAt), clear.kind === "all-clear" ? clear.text : null)]
      : []),
  ];
}

const after = (run: Run, at: number): string =>
  run.inForceAt === null ? "" : `, ${duration(at - run.inForceAt)} after injection`;

/** What the counting diagnosis says; one that does not count says why. */
function named(run: Run, diagnosis: Stamped<Diagnosis>): Fact[] {
  const { hypotheses, named: many, at } = diagnosis;
  const told = hypotheses
    .slice(0, Math.max(1, many))
    .map(({ component, cause, confidence }) => `${name(component)} (${spoken(cause)}, ${percent(confidence)})`);
  const [first] = hypotheses;
  const { from, to } = judgedWindow(run);
  const late = at < from || at > to ? ", outside the time in which an answer counts" : "";
  return [
    fact(many > 0 ? "Cause it names" : "Not sure; it considers", listed(told), `at ${clock(at, run.startedAt)}${late}`),
    ...(first ? [because(first)] : []),
  ];
}

/** The strongest proof, with the sentence around it unless that only repeats it. */
function because({ evidence: [first], sentence }: Hypothesis): Fact {
  return fact("Because", plain(first.claim, 240), sentence.includes(first.claim) ? null : plain(sentence, 300));
}
