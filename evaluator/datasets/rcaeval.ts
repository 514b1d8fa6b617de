import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { FaultClass } from "../../agent/investigation.ts";
import type { Attributes, Component, Instant, Millis } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { csvRows, numberIn } from "./csv.ts";
import type { ForeignCase, Importer } from "./importer.ts";
import { arrivalOf, gauge, requestsOf, type Sent } from "./requests.ts";

/**
 * The layout of RCAEval (Pham et al., arXiv 2412.17015): a folder is a case and its name the label. Metrics only: what
 * lies beside them as logs.csv and traces.csv is not read, and a case says so.
 */
export default {
  name: "rcaeval",
  async *read(directory, signal) {
    const folders = await casesIn(directory, DEEPEST);
    if (folders.length === 0)
      throw new HarnessError(`${directory} holds no case in the layout of RCAEval`, {
        hint: "give a folder with <service>_<fault>/<n>/inject_time.txt",
        exitCode: 2,
      });
    for (const folder of folders) {
      signal.throwIfAborted();
      yield await caseOf(folder);
    }
  },
} satisfies Importer;

const DEEPEST = 4;
const AROUND: Millis = 10 * 60_000;
const TABLES = ["data.csv", "simple_metrics.csv", "metrics.csv"];

/** Faults by their names in the folders. */
export const CLASSES: Readonly<Record<string, FaultClass>> = {
  cpu: "cpu",
  mem: "memory",
  disk: "disk",
  delay: "network-latency",
  loss: "network-loss",
};

/** `f1` to `f5` are faults in code. */
const classOf = (fault: string): FaultClass => (/^f\d$/.test(fault) ? "code-error" : (CLASSES[fault] ?? "unknown"));

export interface Label {
  readonly service: Component;
  readonly fault: string;
  readonly number: string;
}
/** `<service>_<fault>/<n>`, or flat `<set>_<service>_<fault>_<n>`. Throws (exit 2) for any other name. */
export function labelOf(folder: string): Label {
  const last = basename(folder);
  const name = /^\d+$/.test(last) ? `${basename(dirname(folder))}_${last}` : last;
  const [, service, fault, number] = /^(?:.+_)?([^_]+)_([^_]+)_(\d+)$/.exec(name) ?? [];
  if (service !== undefined && fault !== undefined && number !== undefined) return { service, fault, number };
  throw new HarnessError(`${folder} does not name its service and fault`, {
    hint: "the layout is <service>_<fault>/<n>/",
    exitCode: 2,
  });
}

async function casesIn(directory: string, depth: number): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  if (entries.some(({ name }) => name === "inject_time.txt")) return [directory];
  if (depth === 0) return [];
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
  return (await Promise.all(folders.sort().map((folder) => casesIn(folder, depth - 1)))).flat();
}

async function caseOf(folder: string): Promise<ForeignCase> {
  const { service, fault, number } = labelOf(folder);
  const files = await readdir(folder);
  const table = TABLES.find((name) => files.includes(name));
  const from = 1_000 * Number((await readFile(join(folder, "inject_time.txt"), "utf8")).trim());
  if (table === undefined || !Number.isFinite(from) || from <= 0)
    throw new HarnessError(`${folder} has no ${table === undefined ? "data.csv" : "time in inject_time.txt"}`, {
      hint: "get the case again",
      exitCode: 2,
    });
  const sent = pointsOf(await readFile(join(folder, table), "utf8"), from - AROUND, from + AROUND);
  const components = [...new Set([...sent.map(({ component }) => component), service])].sort();
  const [first = from, last = from] = [sent[0]?.end, sent.at(-1)?.end];
  const store = `${service}-db`;
  const left = ["logs.csv", "traces.csv"].filter((name) => files.includes(name));
  return {
    name: `${service}_${fault}/${number}`,
    system: "unknown",
    licence: "as published with the set",
    clock: { start: first - 1_000, end: arrivalOf(last), tickMs: 1_000 },
    components,
    requests: requestsOf("metrics", sent),
    fault: { kind: fault, on: service, params: {}, from, until: null },
    truth: {
      incident: true,
      // The set counts a service and its database as one.
      causes: [
        {
          component: service,
          cause: classOf(fault),
          ...(components.includes(store) ? { accepts: [store] } : {}),
        },
      ],
      trigger: "none",
      mechanism: `${fault} in ${service}`,
    },
    notes: [
      `metrics of ten minutes on both sides of one moment${left.length > 0 ? `; ${left.join(" and ")} not read` : ""}`,
      "the set does not tell the units of its columns",
    ],
  };
}

const MEANINGS: Readonly<Record<string, string>> = {
  cpu: "k8s.pod.cpu.usage",
  mem: "k8s.pod.memory.usage",
  load: "http.server.request.rate",
  error: "http.server.error.rate",
};

/** Points of a wide table, one row a second, one column `<service>_<metric>` each. In order of time. */
function pointsOf(text: string, from: Instant, to: Instant): Sent[] {
  const [head = [], ...rows] = [...csvRows(text)];
  const time = head.indexOf("time");
  const columns = head.flatMap((name, i) => {
    const [, component, metric] = /^([^_]+)_(.+)$/.exec(name) ?? [];
    return component === undefined || metric === undefined ? [] : [{ i, component, ...meaningOf(metric) }];
  });
  const timed = rows.map((row) => ({ row, at: 1_000 * numberIn(row[time]) }));
  return timed
    .filter(({ at }) => at >= from && at <= to)
    .sort((a, b) => a.at - b.at)
    .flatMap(({ row, at }) =>
      columns.flatMap(({ i, component, metric, attributes }): Sent[] => {
        const value = numberIn(row[i]);
        if (!Number.isFinite(value)) return [];
        return [{ component, instance: "", end: at, body: gauge(metric, "", at, value, attributes) }];
      }),
    );
}

function meaningOf(column: string): { readonly metric: string; readonly attributes: Attributes } {
  const [, percent] = /^latency-(\d+)$/.exec(column) ?? [];
  if (percent !== undefined)
    return { metric: "http.server.request.duration", attributes: { quantile: Number(percent) / 100 } };
  if (column === "latency") return { metric: "http.server.request.duration", attributes: {} };
  return { metric: MEANINGS[column] ?? column, attributes: {} };
}
