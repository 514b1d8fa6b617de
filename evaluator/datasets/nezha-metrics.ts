import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Attributes, Component, Instant } from "../../agent/telemetry/model.ts";
import { csvRecords, numberIn } from "./csv.ts";
import { serviceOf } from "./nezha-day.ts";
import { gauge, type Sent } from "./requests.ts";

type Meaning = readonly [metric: string, unit: string, attributes?: Attributes];

/** Columns in OpenTelemetry's words. All are levels: the set has no counters. A pod is one process. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  "CpuUsage(m)": ["k8s.pod.cpu.usage", "m{cpu}"],
  "CpuUsageRate(%)": ["process.cpu.utilization", "%"],
  "MemoryUsage(Mi)": ["process.memory.usage", "MiBy"],
  "MemoryUsageRate(%)": ["k8s.pod.memory_limit_utilization", "%"],
  SyscallRead: ["process.syscalls", "{call}", { "syscall.name": "read" }],
  SyscallWrite: ["process.syscalls", "{call}", { "syscall.name": "write" }],
  NetworkReceiveBytes: ["k8s.pod.network.io", "By/s", { "network.io.direction": "receive" }],
  NetworkTransmitBytes: ["k8s.pod.network.io", "By/s", { "network.io.direction": "transmit" }],
  "PodWorkload(Ops)": ["rpc.server.request.rate", "{request}/s"],
  "PodSuccessRate(%)": ["rpc.server.request.availability", "%"],
  "NodeCpuUsageRate(%)": ["system.cpu.utilization", "%"],
  "NodeMemoryUsageRate(%)": ["system.memory.utilization", "%"],
  NodeNetworkReceiveBytes: ["system.network.io", "By/s", { "network.io.direction": "receive" }],
  "SuccessRate(%)": ["http.server.request.availability", "%"],
};
const LATENCY = /^(PodClient|PodServer|)LatencyP(\d\d)\((s|ms)\)$/;
const SIDE: Readonly<Record<string, string>> = {
  PodClient: "rpc.client.duration",
  PodServer: "rpc.server.duration",
  "": "http.server.request.duration",
};
/** Go prints its monotonic clock behind the time. The epoch column beside it is wrong in some rows. */
const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d* \+0000 UTC/;

export interface Metrics {
  readonly rows: readonly Row[];
  /** Services with a file of their own, sorted. */
  readonly components: readonly Component[];
}
/** One minute of a pod, or of the front. */
export interface Row {
  readonly at: Instant;
  readonly component: Component;
  /** The pod; empty for the front. */
  readonly instance: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** All of a day: a file for each pod and one for the front, a row a minute. */
export async function metricsOf(directory: string): Promise<Metrics> {
  const folder = join(directory, "metric");
  const files = (await readdir(folder).catch((): string[] => [])).filter(isMetrics).sort();
  const rows: Row[] = [];
  for (const file of files)
    for (const cells of csvRecords(await readFile(join(folder, file), "utf8"))) {
      const at = momentOf(cells["Time"] ?? "");
      const instance = cells["PodName"] ?? "";
      const component = instance ? serviceOf(instance) : (cells["ServiceName"] ?? "").toLowerCase();
      if (at !== undefined && component !== "") rows.push({ at, component, instance, cells });
    }
  return { rows, components: [...new Set(rows.map(({ component }) => component))].sort() };
}
const isMetrics = (file: string): boolean => file.endsWith("_metric.csv") || file === "front_service.csv";

/** The points of a window. */
export function pointsIn({ rows }: Metrics, from: Instant, to: Instant): readonly Sent[] {
  return rows.filter(({ at }) => at >= from && at <= to).flatMap(pointsOf);
}

function pointsOf({ at, component, instance, cells }: Row): Sent[] {
  return Object.entries(cells).flatMap(([column, cell]): Sent[] => {
    const meaning = meaningOf(column);
    const value = numberIn(cell);
    if (meaning === undefined || !Number.isFinite(value)) return [];
    const [metric, unit, attributes] = meaning;
    return [{ component, instance, end: at, body: gauge(metric, unit, at, value, attributes) }];
  });
}

function meaningOf(column: string): Meaning | undefined {
  const [, side, percent, unit] = LATENCY.exec(column) ?? [];
  const metric = side === undefined ? undefined : SIDE[side];
  if (metric === undefined) return MEANINGS[column];
  return [metric, unit ?? "s", { quantile: Number(percent) / 100 }];
}

export function momentOf(text: string): Instant | undefined {
  const [, day, time] = TIME.exec(text) ?? [];
  const at = Date.parse(`${day}T${time}Z`);
  return Number.isFinite(at) ? at : undefined;
}
