import type { FaultClass } from "../../agent/investigation.ts";
import type { Instant, Millis } from "../../agent/telemetry/model.ts";
import type { ForeignCase, Importer } from "./importer.ts";
import { daysIn, minutesIn, type NezhaDay, type NezhaFault, serviceOf } from "./nezha-day.ts";
import { logsIn } from "./nezha-logs.ts";
import { type Metrics, metricsOf, pointsIn } from "./nezha-metrics.ts";
import { spansIn } from "./nezha-spans.ts";
import { type Arriving, requestsOf, type Sent } from "./requests.ts";

/**
 * Yu et al., "Nezha" (FSE 2023), MIT: faults in Online Boutique and TrainTicket. Metrics once a minute all day; traces
 * and logs only of some minutes, mostly those of a fault.
 */
export default {
  name: "nezha",
  async *read(directory, signal) {
    for (const day of await daysIn(directory)) {
      const metrics = await metricsOf(day.directory);
      for (const [i, fault] of day.faults.entries()) {
        signal.throwIfAborted();
        yield await caseOf(day, metrics, fault, windowOf(fault.at, day.faults[i - 1]?.at, day.faults[i + 1]?.at));
      }
    }
  },
} satisfies Importer;

const MINUTE: Millis = 60_000;
/** How long a fault lasts, as the authors say. */
const LASTS: Millis = 3 * MINUTE;
const BEFORE: Millis = 10 * MINUTE;
const AFTER: Millis = MINUTE;

const CLASSES: Readonly<Record<string, FaultClass>> = {
  cpu_contention: "cpu",
  cpu_consumed: "cpu",
  network_delay: "network-latency",
  return: "code-error",
  exception: "code-error",
};

interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
}
/** Ten minutes before, as far as the fault before has been over for a minute, to a minute after. */
function windowOf(at: Instant, previous: Instant | undefined, next: Instant | undefined): Stretch {
  const since = Math.max(at - BEFORE, previous === undefined ? 0 : previous + LASTS + AFTER);
  return { start: Math.min(since, at - MINUTE), end: Math.min(at + LASTS + AFTER, next ?? Number.POSITIVE_INFINITY) };
}

async function caseOf(day: NezhaDay, metrics: Metrics, fault: NezhaFault, clock: Stretch): Promise<ForeignCase> {
  const { start, end } = clock;
  // Files are named by the clock of the texts, and hold what ended up to a minute and a half before.
  const ahead = Date.parse(`${fault.text.replace(" ", "T")}Z`) - fault.at;
  const files = (signal: "trace" | "log") =>
    minutesIn(day.directory, signal, start + ahead - MINUTE, end + ahead + 2 * MINUTE);
  const spans = await spansIn(await files("trace"), start, end);
  const logs = await logsIn(await files("log"), start, end);
  const points = pointsIn(metrics, start, end);
  const on = serviceOf(fault.pod);
  const seen = new Set([...metrics.components, ...spans.map(({ component }) => component), on]);
  return {
    name: `${day.name}/${fault.text.slice(11)}`,
    system: on.startsWith("ts-") ? "TrainTicket" : "OnlineBoutique",
    licence: "MIT",
    clock: { start, end, tickMs: 1_000 },
    components: [...seen].sort(),
    requests: together(spans, points, logs),
    fault: { kind: fault.kind, on, params: { pod: fault.pod }, from: fault.at, until: Math.min(fault.at + LASTS, end) },
    truth: {
      incident: true,
      causes: [{ component: on, cause: CLASSES[fault.kind] ?? "unknown" }],
      trigger: "none",
      mechanism: `${fault.kind} in ${fault.pod}`,
    },
    notes: [
      `spans in ${minutesOf(spans, start)} and logs in ${minutesOf(logs, start)} of ${Math.ceil((end - start) / MINUTE)} minutes; the others were not published`,
      "the kind of a span is inferred from the pods before and behind it; whether it failed was not published",
    ],
  };
}

function* together(spans: readonly Sent[], points: readonly Sent[], logs: readonly Sent[]): Generator<Arriving> {
  yield* requestsOf("traces", spans);
  yield* requestsOf("metrics", points);
  yield* requestsOf("logs", logs);
}

/** Minutes of a case in which something ended. */
function minutesOf(sent: readonly Sent[], start: Instant): number {
  return new Set(sent.map(({ end }) => Math.floor((end - start) / MINUTE))).size;
}
