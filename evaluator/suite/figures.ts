import { type Split, splitOf } from "../../scenarios/split.ts";
import { type Interval, wilson } from "../stats/wilson.ts";
import { type Attempt, counts } from "./attempt.ts";
import { standing, type Tally } from "./order.ts";

/** A share of drills: the mean over scenarios of the mean over their seeds, with its 95 % interval. */
export interface Share extends Interval {
  /** Null when there is nothing to take a share of. */
  readonly value: number | null;
  /** Drills, and the scenarios they are of: seeds of one scenario are no independent samples. */
  readonly n: number;
  readonly scenarios: number;
}
/** What came of the drills of one split. Only drills that count are in the shares. */
export interface Figures {
  readonly drills: number;
  readonly incidents: {
    readonly correct: Share;
    readonly acAt1: Share;
    readonly acAt3: Share;
    readonly detected: Share;
    /** Over all, a miss being later than every alarm; null: most were missed, or there are none. */
    readonly medianTtdMs: number | null;
    readonly wrong: number;
    readonly noAnswer: number;
  };
  readonly controls: { readonly correct: Share };
  readonly agentErrors: number;
  readonly falseAlarms: number;
  readonly attempts: number;
  /** Of the attempts: invalid, and such as could not be held. */
  readonly invalid: number;
  readonly failed: number;
}

/** Development and held-out apart; they are never added up. */
export function figuresOf(tally: Tally): Readonly<Record<Split, Figures>> {
  const of = (split: Split): Figures => figures(tally.filter(({ scenario }) => splitOf(scenario) === split));
  return { development: of("development"), "held-out": of("held-out") };
}

interface Counted {
  readonly scenario: string;
  readonly attempt: Attempt;
}

function figures(tally: Tally): Figures {
  const counted = tally.flatMap(({ scenario, attempts }): Counted[] => {
    const attempt = standing(attempts);
    return attempt && counts(attempt) ? [{ scenario, attempt }] : [];
  });
  const incidents = counted.filter(({ attempt }) => attempt.incident);
  const controls = counted.filter(({ attempt }) => !attempt.incident);
  const attempts = tally.flatMap((one) => one.attempts);
  const having = (all: readonly Attempt[], state: Attempt["state"]): number =>
    all.filter((one) => one.state === state).length;
  const of = incidents.map(({ attempt }) => attempt);
  const isCorrect = ({ state }: Attempt): number => (state === "correct" ? 1 : 0);
  return {
    drills: tally.length,
    incidents: {
      correct: share(incidents, isCorrect),
      acAt1: share(incidents, ({ acAt1 }) => acAt1 ?? 0),
      acAt3: share(incidents, ({ acAt3 }) => acAt3 ?? 0),
      detected: share(incidents, ({ ttdMs }) => (ttdMs === null ? 0 : 1)),
      medianTtdMs: median(of.map(({ ttdMs }) => ttdMs ?? Number.POSITIVE_INFINITY)),
      wrong: having(of, "wrong"),
      noAnswer: having(of, "no-answer"),
    },
    controls: { correct: share(controls, isCorrect) },
    agentErrors: having(
      counted.map(({ attempt }) => attempt),
      "agent-error",
    ),
    falseAlarms: counted.reduce((sum, { attempt }) => sum + (attempt.falseAlarms ?? 0), 0),
    attempts: attempts.length,
    invalid: having(attempts, "invalid"),
    failed: having(attempts, "failed"),
  };
}

function share(of: readonly Counted[], score: (attempt: Attempt) => number): Share {
  const byScenario = Map.groupBy(of, ({ scenario }) => scenario);
  const scenarios = byScenario.size;
  const sum = [...byScenario.values()]
    .map((own) => own.reduce((all, { attempt }) => all + score(attempt), 0) / own.length)
    .reduce((a, b) => a + b, 0);
  return { value: scenarios === 0 ? null : sum / scenarios, ...wilson(sum, scenarios), n: of.length, scenarios };
}

/** Null when it is infinite or there is none. */
function median(values: readonly number[]): number | null {
  const ascending = values.toSorted((a, b) => a - b);
  const lower = ascending[Math.floor((ascending.length - 1) / 2)];
  const upper = ascending[Math.floor(ascending.length / 2)];
  if (lower === undefined || upper === undefined || !Number.isFinite(upper)) return null;
  return (lower + upper) / 2;
}
