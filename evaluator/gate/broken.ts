import type { Diagnosis, Hypothesis, Stamped } from "../../agent/investigation.ts";
import type { Instant, Millis } from "../../agent/telemetry/model.ts";
import type { Sealed } from "../archive/sealed.ts";
import type { Thoughts } from "../think.ts";

/** What a whole agent said of one case, what it said with one eye shut, and what it said with invented proofs. */
export interface Said {
  readonly thoughts: Thoughts;
  readonly oneEyed: Thoughts;
  readonly lying: Thoughts;
}
/** An agent that is broken on purpose, made of what a whole one said: a gate that lets it pass is no gate. */
export interface Broken {
  readonly name: string;
  /** Rules of which one must block it where cases are compared one by one, and where answers are drawn; none: it must pass. */
  readonly blockedBy: { readonly exact: readonly string[]; readonly chance: readonly string[] };
  /** Share of cases that it touches; all unless said. */
  readonly share?: number;
  /** It shows on controls alone. */
  readonly onControls?: boolean;
  say(said: Said, sealed: Sealed): Thoughts;
}

const MINUTE: Millis = 60_000;
const LATE: Millis = 120_000;
const WRONG = { exact: ["lost"], chance: ["exact_set"] };

/** Each says what it does. */
export const BROKEN: readonly Broken[] = [
  { name: "unchanged", blockedBy: { exact: [], chance: [] }, say: ({ thoughts }) => thoughts },
  {
    name: "swapper: exchanges its first and its second in 40 % of cases",
    blockedBy: WRONG,
    share: 0.4,
    say: ({ thoughts }, { run }) => diagnoses(thoughts, (one) => swapped(one, run.components)),
  },
  { name: "one-eyed: sees no traces", blockedBy: WRONG, say: ({ oneEyed }) => oneEyed },
  {
    name: "crasher: throws in 30 % of cases",
    blockedBy: WRONG,
    share: 0.3,
    say: ({ thoughts }) => ({ ...thoughts, findings: [], crashed: "it threw" }),
  },
  { name: "silent: says nothing", blockedBy: WRONG, say: ({ thoughts }) => ({ ...thoughts, findings: [] }) },
  {
    name: "nervous: raises and clears an alarm every other minute",
    blockedBy: { exact: ["lost"], chance: ["fa_per_hour"] },
    say: ({ thoughts }, { run }) => ({ ...thoughts, findings: sorted([...thoughts.findings, ...cries(run)]) }),
  },
  {
    name: "accuser: cries on controls",
    blockedBy: { exact: ["accusations"], chance: ["abstain", "accusations"] },
    onControls: true,
    say: ({ thoughts }, { run, truth }) => (truth.incident ? thoughts : { ...thoughts, findings: accusation(run) }),
  },
  {
    name: "slow: says everything two minutes later",
    blockedBy: { exact: ["lost"], chance: ["rmttd"] },
    say: ({ thoughts }) => later(thoughts),
  },
  {
    name: "liar: answers as well, and invents what proves it",
    blockedBy: { exact: ["lost"], chance: ["claim_grounded"] },
    say: ({ lying }) => lying,
  },
];

/** Claims are known by the instant of their diagnosis. */
function later(thoughts: Thoughts): Thoughts {
  const late = <T extends { readonly at: Instant }>(one: T): T => ({ ...one, at: one.at + LATE });
  const claims = thoughts.claims === undefined ? {} : { claims: thoughts.claims.map(late) };
  return { ...thoughts, findings: thoughts.findings.map(late), ...claims };
}

function diagnoses(thoughts: Thoughts, change: (one: Stamped<Diagnosis>) => Stamped): Thoughts {
  return { ...thoughts, findings: thoughts.findings.map((one) => (one.kind === "diagnosis" ? change(one) : one)) };
}

/** The second takes the confidence of the first; without a second, some other component takes its place. */
export function swapped<D extends Diagnosis>(one: D, components: readonly string[]): D {
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
