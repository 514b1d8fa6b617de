import type { Diagnosis, Hypothesis, Stamped } from "../../agent/investigation.ts";
import type { Instant, Millis } from "../../agent/telemetry/model.ts";
import type { Sealed } from "../archive/sealed.ts";
import type { Thoughts } from "../think.ts";

/** An agent that is broken on purpose, made of what a whole one said: a gate that lets it pass is no gate. */
export interface Broken {
  readonly name: string;
  /** What must block it; `nothing` if it must pass. */
  readonly blockedBy: "lost" | "accusations" | "nothing";
  /** `random` is uniform in [0, 1), one draw decides a case. */
  say(thoughts: Thoughts, sealed: Sealed, random: () => number): Thoughts;
}

const MINUTE: Millis = 60_000;
const LATE: Millis = 120_000;

/** Each says what it does; `random` chooses the cases where only some are touched. */
export const BROKEN: readonly Broken[] = [
  { name: "unchanged", blockedBy: "nothing", say: (thoughts) => thoughts },
  {
    name: "swapper: exchanges its first and its second in 40 % of cases",
    blockedBy: "lost",
    say: (thoughts, { run }, random) =>
      random() < 0.4 ? diagnoses(thoughts, (one) => swapped(one, run.components)) : thoughts,
  },
  {
    name: "crasher: throws in 30 % of cases",
    blockedBy: "lost",
    say: (thoughts, _, random) => (random() < 0.3 ? { ...thoughts, findings: [], crashed: "it threw" } : thoughts),
  },
  { name: "silent: says nothing", blockedBy: "lost", say: (thoughts) => ({ ...thoughts, findings: [] }) },
  {
    name: "nervous: raises and clears an alarm every other minute",
    blockedBy: "lost",
    say: (thoughts, { run }) => ({ ...thoughts, findings: sorted([...thoughts.findings, ...cries(run)]) }),
  },
  {
    name: "accuser: cries on controls",
    blockedBy: "accusations",
    say: (thoughts, { run, truth }) => (truth.incident ? thoughts : { ...thoughts, findings: accusation(run) }),
  },
  {
    name: "slow: says everything two minutes later",
    blockedBy: "lost",
    say: (thoughts) => ({ ...thoughts, findings: thoughts.findings.map((one) => ({ ...one, at: one.at + LATE })) }),
  },
];

function diagnoses(thoughts: Thoughts, change: (one: Stamped<Diagnosis>) => Stamped): Thoughts {
  return { ...thoughts, findings: thoughts.findings.map((one) => (one.kind === "diagnosis" ? change(one) : one)) };
}

/** The second takes the confidence of the first; without a second, some other component takes its place. */
function swapped(one: Stamped<Diagnosis>, components: readonly string[]): Stamped<Diagnosis> {
  const [first, second, ...rest] = one.hypotheses;
  if (first === undefined) return one;
  const other = second?.component ?? components.find((name) => !first.component.includes(name)) ?? "nobody";
  const wrong: Hypothesis = { ...(second ?? first), component: other, confidence: first.confidence };
  return { ...one, hypotheses: [wrong, { ...first, confidence: second?.confidence ?? 0 }, ...rest] };
}

function cries({ startedAt, endedAt }: { readonly startedAt: Instant; readonly endedAt: Instant }): Stamped[] {
  const said: Stamped[] = [];
  for (let at = startedAt + 2 * MINUTE; at < endedAt; at += 2 * MINUTE) {
    said.push({ kind: "alarm", component: "store", text: "", evidence: [], at, thinking: 0 });
    said.push({ kind: "all-clear", text: "", gaps: [], at: at + 1_000, thinking: 0 });
  }
  return said;
}

function accusation({ startedAt, components }: Sealed["run"]): Stamped[] {
  return [
    { kind: "alarm", component: components[0] ?? "store", text: "", evidence: [], at: startedAt + MINUTE, thinking: 0 },
  ];
}

const sorted = (findings: readonly Stamped[]): Stamped[] => findings.toSorted((a, b) => a.at - b.at);
