import type {
  Attributes,
  Component,
  Instant,
  LogQuery,
  Millis,
  ObjectQuery,
  SeriesQuery,
  SpanQuery,
  Window,
} from "./telemetry/model.ts";

/** The closed list of causes an agent may name. */
export const FAULT_CLASSES = [
  "crash-loop", "unavailable", "memory", "cpu", "pool-exhaustion", "lock-contention", "retry-storm", "dependency-down",
  "network-latency", "network-loss", "disk", "dns", "tls", "config", "code-error", "slow-code", "bad-deploy",
  "traffic-surge", "unknown",
] as const; // biome-ignore format: a table reads better than a column
export type FaultClass = (typeof FAULT_CLASSES)[number];

export type Signal =
  | "latency" | "errors" | "traffic" | "cpu" | "memory" | "pool" | "disk" | "gap" | "connection" | "log" | "structure"
  | "object" | "change"; // biome-ignore format: a table reads better than a column

/** A question about telemetry that anyone can ask again. */
export type Query =
  | ({ readonly ask: "series" } & SeriesQuery)
  | ({ readonly ask: "spans" } & SpanQuery)
  | ({ readonly ask: "logs" } & LogQuery)
  | { readonly ask: "calls"; readonly within: Window; readonly caller?: Component; readonly callee?: Component }
  | { readonly ask: "changes"; readonly within: Window; readonly component?: Component }
  | ({ readonly ask: "objects" } & ObjectQuery);

export type EvidenceId = string;
/** One claim and the query that proves it. */
export interface Evidence {
  readonly id: EvidenceId;
  readonly component: Component;
  readonly signal: Signal;
  /** In words, with numbers and units. */
  readonly claim: string;
  readonly direction: "up" | "down" | "present" | "absent";
  /** The number the claim rests on, and what it normally is, in `unit`. */
  readonly value?: number;
  readonly normal?: number;
  readonly unit?: string;
  /** Strength on the engine's common scale, 0 to 4. */
  readonly strength?: number;
  readonly query: Query;
}

export interface Hypothesis {
  readonly component: Component;
  readonly cause: FaultClass;
  /** Probability in [0, 1] that this is a root cause. */
  readonly confidence: number;
  readonly sentence: string;
  readonly evidence: readonly [Evidence, ...Evidence[]];
  /** What speaks against it, in words. */
  readonly against: readonly string[];
  /** Id of the change that triggered it, if one is to blame. */
  readonly trigger?: string;
}

export type ErrorKind =
  | "dns" | "tls" | "pool" | "refused" | "reset" | "timeout" | "limit" | "unavailable" | "internal" | "client"; // biome-ignore format: a table reads better than a column
export interface ErrorPattern {
  readonly component: Component;
  readonly route: string;
  readonly kind: ErrorKind;
  readonly failed: number;
  /** Share of this route's errors, of its requests, and of its requests in the baseline. */
  readonly shareOfErrors: number;
  readonly shareOfRequests: number;
  readonly baselineShare: number;
  readonly origin: Component;
  /** The commonest exception or status behind it. */
  readonly detail: string;
  readonly first: Instant;
  readonly example: readonly string[];
}
export interface ResourceCorrelation {
  readonly component: Component;
  readonly resource: string;
  readonly before: number;
  readonly now: number;
  readonly unit: string;
  /** Spearman's rho against the component's symptom at the best lag; the resource leads by `lag`. */
  readonly rho: number;
  readonly lag: Millis;
  readonly significant: boolean;
  readonly evidence: EvidenceId;
}
export interface Moment {
  readonly at: Instant;
  /** Half width of the uncertainty. */
  readonly within: Millis;
  readonly kind: "discovery" | "change" | "object" | "onset" | "users-hurt" | "alarm" | "conclusion" | "recovery";
  readonly component?: Component;
  readonly text: string;
  readonly evidence?: EvidenceId;
}
export interface DependencyEdge {
  readonly caller: Component;
  readonly callee: Component;
  readonly sync: boolean;
  /** Calls a second, client p50 and p95 in ms and share of failed calls, in the baseline and now. */
  readonly before: EdgeFigures;
  readonly now?: EdgeFigures;
  readonly confidence: number;
}
export interface EdgeFigures {
  readonly rate: number;
  readonly p50: Millis;
  readonly p95: Millis;
  readonly failed: number;
}
export interface ComponentState {
  readonly component: Component;
  readonly kind: "service" | "virtual";
  readonly health: "healthy" | "degraded" | "failing" | "silent" | "unknown";
  readonly why: string;
  readonly entry: boolean;
  readonly attributes: Attributes;
}
export interface BlastRadius {
  /** The cause and all that deviate because of it, with hops from the cause. */
  readonly affected: readonly { readonly component: Component; readonly hops: number }[];
  readonly bystanders: readonly Component[];
  /** Entry routes: requests that failed or were too slow beyond the baseline's. */
  readonly routes: readonly {
    readonly component: Component;
    readonly route: string;
    readonly requests: number;
    readonly lost: number;
    readonly share: number;
  }[];
  readonly lost: number;
  readonly lostPerMinute: number;
  /** Share of all user requests lost in the incident. */
  readonly share: number;
}
export interface Remedy {
  readonly kind: string;
  readonly text: string;
  readonly component: Component;
  readonly when: "now" | "later";
  /** Confidence x lost requests a minute x effect: the ranking by business impact. */
  readonly value: number;
  readonly advice: "act" | "verify first";
  readonly steps: readonly string[];
  /** The signal that must come back. */
  readonly recovers: Evidence;
}
/** What is normal, per component: the summary the article promises after quiet time. */
export interface BaselineSummary {
  readonly window: Window;
  readonly bins: number;
  readonly components: readonly {
    readonly component: Component;
    /** Requests a second, latency in ms, share of failed requests with its spread, in quiet time. */
    readonly rate: number;
    readonly p50: Millis;
    readonly p95: Millis;
    readonly p99: Millis;
    readonly errorShare: number;
    readonly errorSpread: number;
    readonly routes: readonly {
      readonly route: string;
      readonly rate: number;
      readonly p50: Millis;
      readonly p95: Millis;
      readonly p99: Millis;
      readonly errorShare: number;
    }[];
    readonly resources: readonly {
      readonly name: string;
      readonly unit: string;
      readonly median: number;
      readonly scale: number;
    }[];
  }[];
}

/** Everything an investigation found out, beside its ranked causes. */
export interface Picture {
  readonly components: readonly ComponentState[];
  readonly dependencies: readonly DependencyEdge[];
  readonly errorPatterns: readonly ErrorPattern[];
  readonly resources: readonly ResourceCorrelation[];
  readonly blastRadius: BlastRadius;
  readonly timeline: readonly Moment[];
  readonly remedies: readonly Remedy[];
  readonly evidence: readonly Evidence[];
}

export interface Alarm {
  readonly kind: "alarm";
  readonly component: Component;
  readonly text: string;
  readonly evidence: readonly Evidence[];
}
export interface Diagnosis {
  readonly kind: "diagnosis";
  /** `inconclusive` names nothing: its hypotheses are candidates. */
  readonly outcome: "incident" | "inconclusive";
  /** Ranked, best first. */
  readonly hypotheses: readonly Hypothesis[];
  /** How many of the first hypotheses are asserted as causes: 0 when inconclusive, 1, or 2 for two faults. */
  readonly named: number;
  readonly onset?: Instant;
  readonly picture: Picture;
  readonly gaps: readonly string[];
}
export interface AllClear {
  readonly kind: "all-clear";
  readonly text: string;
  readonly gaps: readonly string[];
  readonly baseline?: BaselineSummary;
  readonly components?: readonly ComponentState[];
  readonly dependencies?: readonly DependencyEdge[];
}
/** A finding has no time: the judge stamps it with the tick at which it was yielded. */
export type Finding = Alarm | Diagnosis | AllClear | { readonly kind: "learned"; readonly baseline: BaselineSummary };
export type Stamped<F extends Finding = Finding> = F & {
  readonly at: Instant;
  /** Wall time the agent thought between getting the tick and saying this, in ms. */
  readonly thinking: Millis;
};

export interface Investigation {
  readonly outcome: "incident" | "inconclusive" | "all-clear" | "nothing-said";
  readonly raisedAt?: Instant;
  readonly concludedAt?: Instant;
  readonly hypotheses: readonly Hypothesis[];
  readonly named: number;
  readonly picture?: Picture;
  readonly baseline?: BaselineSummary;
  readonly gaps: readonly string[];
}
