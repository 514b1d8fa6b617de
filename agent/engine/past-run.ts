import type { FaultClass, Investigation } from "../investigation.ts";
import type { Component, Instant } from "../telemetry/model.ts";

/** What is read of an investigation that is kept. A real `Investigation` fits. */
export interface Told extends Pick<Investigation, "outcome" | "named"> {
  readonly hypotheses: readonly {
    readonly component: Component;
    readonly cause: FaultClass;
    readonly trigger?: string | undefined;
    readonly evidence: readonly Noted[];
  }[];
  readonly picture?:
    | {
        readonly evidence: readonly Noted[];
        readonly dependencies: readonly { readonly caller: Component; readonly callee: Component }[];
        readonly blastRadius: {
          readonly affected: readonly { readonly component: Component }[];
          readonly lost: number;
          readonly lostPerMinute: number;
        };
        readonly timeline: readonly { readonly at: Instant; readonly kind: string }[];
      }
    | undefined;
}
interface Noted {
  readonly id: string;
  readonly component: Component;
  readonly signal: string;
  readonly claim: string;
  readonly value?: number | undefined;
  readonly normal?: number | undefined;
}

/** A named cause with what makes it the same as another: its log template, and the kind of change it followed. */
export interface Fault {
  readonly component: Component;
  readonly cause: FaultClass;
  readonly template?: string;
  readonly change?: string;
}
/** What is remembered of one investigation. */
export interface PastRun {
  readonly run: string;
  readonly named: readonly Fault[];
  readonly affected: readonly Component[];
  readonly calls: readonly { readonly caller: Component; readonly callee: Component }[];
  /** Callers that repeated their calls, and by how many times. */
  readonly retries: readonly { readonly component: Component; readonly times: number }[];
  readonly lost: number;
  readonly lostPerMinute: number;
  /** First sign of the incident, and the alarm. */
  readonly began?: Instant;
  readonly alarmed?: Instant;
}

export function remember(run: string, { outcome, hypotheses, named, picture }: Told): PastRun {
  const faults = outcome === "incident" ? hypotheses.slice(0, named).map(faultOf) : [];
  const timeline = picture?.timeline ?? [];
  const first = timeline.filter(({ kind }) => kind === "onset" || kind === "users-hurt").map(({ at }) => at);
  const alarm = timeline.find(({ kind }) => kind === "alarm");
  return {
    run,
    named: faults,
    affected: picture?.blastRadius.affected.map(({ component }) => component) ?? [],
    calls: picture?.dependencies ?? [],
    retries: picture?.evidence.flatMap(retryOf) ?? [],
    lost: picture?.blastRadius.lost ?? 0,
    lostPerMinute: picture?.blastRadius.lostPerMinute ?? 0,
    ...(first.length > 0 ? { began: Math.min(...first) } : {}),
    ...(alarm ? { alarmed: alarm.at } : {}),
  };
}

/** How evidence words a log template, and which changes its ids know. Both are written in `facts.ts` and `objects.ts`. */
const TEMPLATE = /logs "(.*)" \d+ times, /s;
const CHANGES: Readonly<Record<string, string>> = {
  deployed: "release",
  "job-ran": "job",
  "config-changed": "setting",
};

function faultOf({ component, cause, trigger, evidence }: Told["hypotheses"][number]): Fault {
  const logged = evidence.find(({ signal }) => signal === "log");
  const template = logged && TEMPLATE.exec(logged.claim)?.[1];
  const change =
    evidence
      .find(({ signal }) => signal === "change")
      ?.id.split("/")
      .at(-1) ?? "";
  return {
    component,
    cause,
    ...(template === undefined ? {} : { template }),
    ...(trigger === undefined ? {} : { change: CHANGES[change] ?? "change" }),
  };
}

function retryOf({ id, component, value, normal }: Noted): PastRun["retries"] {
  if (id !== `${component}/retries` || value === undefined || normal === undefined || normal <= 0) return [];
  return [{ component, times: value / normal }];
}
