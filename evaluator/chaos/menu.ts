import * as z from "zod";
import { badReleaseEndpoint } from "../../generator/faults/kinds/bad-release-endpoint.ts";
import { crashLoop } from "../../generator/faults/kinds/crash-loop.ts";
import { edgeBlackhole } from "../../generator/faults/kinds/edge-blackhole.ts";
import { edgeLatency } from "../../generator/faults/kinds/edge-latency.ts";
import { goLockContention } from "../../generator/faults/kinds/go-lock-contention.ts";
import { javaHeapLeak } from "../../generator/faults/kinds/java-heap-leak.ts";
import { javaWorkerExhaustion } from "../../generator/faults/kinds/java-worker-exhaustion.ts";
import { processKill } from "../../generator/faults/kinds/process-kill.ts";
import { processThrottle } from "../../generator/faults/kinds/process-throttle.ts";
import { provider503 } from "../../generator/faults/kinds/provider-503.ts";
import { pyLoopBlock } from "../../generator/faults/kinds/py-loop-block.ts";
import { storeLock } from "../../generator/faults/kinds/store-lock.ts";
import { wrongUpstreamPort } from "../../generator/faults/kinds/wrong-upstream-port.ts";
import { APPS } from "../../generator/targets/target.ts";
import { type Offer, offer } from "./offer.ts";

const number = (about: string, least: number, most: number) => z.coerce.number().min(least).max(most).describe(about);
const flag = (about: string) => z.enum(["no", "yes"]).default("no").describe(about);
const ms = (about: string, usual: number, most: number) => number(`${about}, ms`, 0, most).default(usual);
const rps = number("requests a second to each app; left out: measured for 10 s", 0.1, 5_000).optional();
const busy = number("share of the time that it is held, 0.85 to 0.95", 0.1, 2).default(0.92);
const trigger = z.enum(["release", "latent"]).default("release").describe("a new release, or what runs begins to");
const nothing = z.strictObject({});

/** The dose for that many requests a second to each app, where it is not to be measured. */
const said = (perSecond: number | undefined) =>
  perSecond === undefined ? {} : { rates: Object.fromEntries(APPS.map((app) => [app, perSecond])) };

/** Every kind of fault that a person may ask for by name. */
export const MENU: Readonly<Record<string, Offer>> = {
  "bad-release-endpoint": offer({
    summary: "a release panics on one route and answers 500 there",
    where: ["go-otel-sample-app"],
    params: nothing,
    fault: (on, _, ttlMs) => badReleaseEndpoint(on, {}, ttlMs),
  }),
  "crash-loop": offer({
    summary: "a release ends with an error at its start, again and again",
    where: ["sample-metrics-app"],
    params: nothing,
    fault: (on, _, ttlMs) => crashLoop(on, {}, ttlMs),
  }),
  "edge-blackhole": offer({
    summary: "connections are accepted and no byte comes through",
    where: "a path",
    params: z.strictObject({
      share: number("share of exchanges that are lost", 0.01, 1).default(1),
      byPolicy: flag("announce a change of network policy with it (yes, no)"),
    }),
    fault: (on, { share, byPolicy }, ttlMs) => edgeBlackhole(on, { share, byPolicy: byPolicy === "yes" }, ttlMs),
  }),
  "edge-latency": offer({
    summary: "every exchange on a network path takes longer",
    where: "a path",
    params: z.strictObject({
      delayMs: ms("added to each exchange", 300, 60_000),
      jitterMs: ms("the delay varies by so much", 0, 60_000),
    }),
    fault: (on, params, ttlMs) => edgeLatency(on, params, ttlMs),
  }),
  "go-lock-contention": offer({
    summary: "a release counts under one lock, and requests queue for it",
    where: ["go-otel-sample-app"],
    params: z.strictObject({ busy, rps }),
    byLoad: true,
    fault: (on, params, ttlMs) => goLockContention(on, { busy: params.busy, ...said(params.rps) }, ttlMs),
  }),
  "java-heap-leak": offer({
    summary: "the heap fills until garbage collection takes all the time",
    where: ["java-otel-sample-app"],
    params: z.strictObject({ trigger, fillsIn: ms("until it is full", 60_000, 600_000), rps }),
    byLoad: true,
    fault: (on, params, ttlMs) =>
      javaHeapLeak(on, { trigger: params.trigger, fillsIn: params.fillsIn, ...said(params.rps) }, ttlMs),
  }),
  "java-worker-exhaustion": offer({
    summary: "orders wait for a collaborator until no worker is left",
    where: ["java-otel-sample-app"],
    params: z.strictObject({
      trigger,
      demand: number("release: workers asked for, as a multiple of those there are", 0.1, 10).default(1.6),
      share: number("latent: share of orders that wait", 0.01, 1).default(0.5),
      holdMs: ms("latent: how long they wait", 5_000, 60_000),
      rps,
    }),
    byLoad: true,
    fault: (on, { trigger: by, demand, share, holdMs, rps: perSecond }, ttlMs) =>
      by === "release"
        ? javaWorkerExhaustion(on, { trigger: by, demand, ...said(perSecond) }, ttlMs)
        : // Nobody tells here how users fare: the share stays as it is.
          javaWorkerExhaustion(on, { trigger: by, share, holdMs, failing: 0.25 }, ttlMs),
  }),
  "process-kill": offer({
    summary: "a process is killed without warning; its supervisor starts it again",
    where: "a process",
    params: nothing,
    fault: (on, _, ttlMs) => processKill(on, {}, ttlMs),
  }),
  "process-throttle": offer({
    summary: "a process may run for a share of the time only",
    where: "a process",
    params: z.strictObject({ duty: number("share of the time in which it runs", 0.01, 0.99).default(0.1) }),
    fault: (on, params, ttlMs) => processThrottle(on, params, ttlMs),
  }),
  "provider-503": offer({
    summary: "the third party refuses all requests for rates",
    where: ["rates-provider"],
    params: z.strictObject({
      status: z.enum(["503", "429"]).default("503").describe("out of service (503), or too many requests (429)"),
    }),
    fault: (on, { status }, ttlMs) => provider503(on, { status: status === "429" ? 429 : 503 }, ttlMs),
  }),
  "py-loop-block": offer({
    summary: "a release computes in the event loop, and all requests wait",
    where: ["otel-sample-app"],
    params: z.strictObject({ busy, rps }),
    byLoad: true,
    fault: (on, params, ttlMs) => pyLoopBlock(on, { busy: params.busy, ...said(params.rps) }, ttlMs),
  }),
  "store-lock": offer({
    summary: "a job locks a table, or its first rows, and does nothing",
    where: ["store"],
    params: z.strictObject({
      table: z.enum(["products", "users", "orders"]).default("products").describe("products, users or orders"),
      rows: z.coerce.number().int().min(1).optional().describe("the first rows only; left out: the whole table"),
    }),
    fault: (on, { table, rows }, ttlMs) => storeLock(on, { table, ...(rows !== undefined && { rows }) }, ttlMs),
  }),
  "wrong-upstream-port": offer({
    summary: "an app is configured to ask where nobody listens",
    where: ["go-otel-sample-app"],
    params: nothing,
    fault: (on, _, ttlMs) => wrongUpstreamPort(on, {}, ttlMs),
  }),
};
