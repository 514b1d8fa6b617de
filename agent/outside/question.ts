import { FAULT_CLASSES } from "../investigation.ts";
import type { Page } from "../paged.ts";
import type { Instant, Millis } from "../telemetry/model.ts";
import { ANSWER_SCHEMA } from "./answer.ts";
import type { Endpoint } from "./endpoint.ts";

/** What a command gets on stdin. Instants are ms since 1970, in telemetry time. */
export interface Question {
  readonly schema: 1;
  /** Telemetry time stands still here while the command thinks. */
  readonly now: Instant;
  readonly alert: {
    readonly firedAt: Instant;
    readonly component: string;
    readonly text: string;
    /** Every signal that fired, the first one first. */
    readonly signals: readonly { readonly component: string; readonly signal: string; readonly text: string }[];
  };
  readonly endpoint: Pick<Endpoint, "url" | "token">;
  /** Wall time after which the command is ended, ms. */
  readonly budgetMs: Millis;
  /** The closed list of causes. */
  readonly causes: readonly string[];
  /** JSON schema of the answer. */
  readonly answer: object;
  /** How the statistical agent ranks the causes, best first; only when the command is offered it. */
  readonly ranking?: readonly Ranked[];
}
export interface Ranked {
  readonly component: string;
  readonly cause: string;
  readonly confidence: number;
  readonly sentence: string;
  readonly evidence: readonly string[];
}

export function questionOf(
  { alarm, raisedAt, ranking }: Page,
  now: Instant,
  endpoint: Endpoint,
  { budget, withRanking }: { readonly budget: Millis; readonly withRanking: boolean },
): Question {
  const { component, text, evidence } = alarm;
  return {
    schema: 1,
    now,
    alert: {
      firedAt: raisedAt,
      component,
      text,
      signals: evidence.map((one) => ({ component: one.component, signal: one.signal, text: one.claim })),
    },
    endpoint: { url: endpoint.url, token: endpoint.token },
    budgetMs: budget,
    causes: FAULT_CLASSES,
    answer: ANSWER_SCHEMA,
    ...(withRanking ? { ranking: rankedIn(ranking) } : {}),
  };
}

function rankedIn(ranking: Page["ranking"]): readonly Ranked[] {
  return (ranking?.hypotheses ?? []).map(({ component, cause, confidence, sentence, evidence }) => ({
    component,
    cause,
    confidence,
    sentence,
    evidence: evidence.map(({ claim }) => claim),
  }));
}
