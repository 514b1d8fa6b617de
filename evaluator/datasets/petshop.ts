import type { Attributes, Instant, Millis } from "../../agent/telemetry/model.ts";
import type { ForeignCase, Importer } from "./importer.ts";
import { type Issue, type PetShop, readPetShop, scenariosIn, type Table } from "./petshop-files.ts";
import { arrivalOf, gauge, requestsOf, type Sent } from "./requests.ts";

/**
 * Hardt et al., "The PetShop Dataset" (arXiv 2311.04806), CC BY 4.0: issues injected into a shop on AWS, seen through
 * 5-minute metrics of 42 components and a call graph. No spans and no logs, so an agent that learns from requests has
 * nothing to learn from.
 */
export default {
  name: "petshop",
  async *read(directory, signal) {
    for (const folder of await scenariosIn(directory)) {
      const shop = await readPetShop(folder);
      for (const issue of shop.issues) {
        signal.throwIfAborted();
        yield caseOf(shop, issue);
      }
    }
  },
} satisfies Importer;

const PERIOD: Millis = 300_000;
/** Rows of the normal data that are laid before an issue: 12 hours. */
const HISTORY = 144;
const TICK: Millis = 60_000;

/** What the columns mean, in OpenTelemetry's words; `availability` is in percent. */
const METRICS: Readonly<Record<string, readonly [string, string]>> = {
  latency: ["http.server.request.duration", "s"],
  requests: ["http.server.request.count", "{request}"],
  availability: ["http.server.request.availability", "%"],
};

function caseOf(shop: PetShop, issue: Issue): ForeignCase {
  const first = (issue.table.at[0] ?? 0) * 1_000;
  const before = historyOf(shop.normal, first);
  const sent = [...(before ? sentOf(before) : []), ...sentOf(issue.table)];
  const from = issue.target.timestamp * 1_000;
  const start = (before?.at[0] ?? issue.table.at[0] ?? 0) * 1_000;
  const end = arrivalOf((issue.table.at.at(-1) ?? 0) * 1_000 + PERIOD);
  return {
    name: `${shop.name}/${issue.name}`,
    system: "PetShop",
    licence: "CC-BY-4.0",
    // Whole ticks, of which the last sees the last row.
    clock: { start, end: start + Math.ceil((end - start) / TICK) * TICK, tickMs: TICK },
    components: shop.nodes,
    edges: shop.edges,
    requests: requestsOf("metrics", sent),
    fault: { ...kindOf(issue), on: issue.cause, from, until: null },
    truth: {
      incident: true,
      causes: [{ component: issue.cause, cause: "unknown" }],
      trigger: "none",
      mechanism: issue.command,
      symptoms: [issue.target.node],
    },
    notes: [
      "a row's time is taken as the begin of its 5 minutes",
      before
        ? `normal data was published of a later time: ${before.at.length} rows of it are laid before the issue's own`
        : "no normal data was published for this scenario",
      "the call graph is in context/topology.json; no agent can ask for it yet",
    ],
  };
}

/** The kind of a fault is its command without the dose. */
function kindOf({ command }: Issue): { kind: string; params: Readonly<Record<string, unknown>> } {
  return { kind: command.replace(/\d+/g, "N") || "unknown", params: { command } };
}

/** The newest normal rows, moved in time so that they end where the issue begins. */
function historyOf(normal: Table | undefined, until: Instant): Table | undefined {
  const kept = normal?.at.slice(-HISTORY) ?? [];
  if (normal === undefined || kept.length === 0) return undefined;
  return {
    at: kept.map((_, i) => until / 1_000 - ((kept.length - i) * PERIOD) / 1_000),
    columns: normal.columns.map((column) => ({ ...column, values: column.values.slice(-HISTORY) })),
  };
}

function sentOf({ at, columns }: Table): Sent[] {
  return columns.flatMap(({ component, metric, statistic, values }) => {
    const [name, unit] = METRICS[metric] ?? [metric, ""];
    const attributes: Attributes = { statistic };
    return values.flatMap((value, i): Sent[] => {
      const end = (at[i] ?? Number.NaN) * 1_000 + PERIOD;
      if (!Number.isFinite(value) || !Number.isFinite(end)) return [];
      return [{ component, instance: "", end, body: gauge(name, unit, end, value, attributes) }];
    });
  });
}
