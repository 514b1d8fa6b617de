import { join } from "node:path";
import { NAMES, type TownOptions } from "../../agent/engine/testing/plan.ts";
import { play } from "../../agent/engine/testing/play.ts";
import { fromOtlpJson, type SignalName } from "../../agent/sources/otlp-codec.ts";
import type { Attributes, ExceptionRecord, Instant, LogRecord, Span } from "../../agent/telemetry/model.ts";
import type { Truth } from "../../scenarios/scenario.ts";
import { openIntake } from "../intake.ts";
import { sampleRun } from "./sample-trial.ts";

const EVERY = 1_000;
const KINDS = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/**
 * A case on disk without a drill: the town of the engine's tests, with what its apps send as OTLP. Returns the corpus.
 * The gauges are sent too; counters and histograms are not.
 */
export async function recordedTown(root: string, id: string, options: TownOptions, truth: Truth): Promise<string> {
  const { recording, inForce, reverted } = play(options);
  const { from, to } = recording;
  const intake = await openIntake(join(root, "incidents", id), { names: [id], phases: [] });
  for (const { signal, body, arrival } of requestsOf(recording)) intake.accept(fromOtlpJson(signal, body), arrival);
  for (const change of recording.changes) intake.change(change);
  await intake.close();
  const phases = [
    { name: "before", kind: "steady", from, to: inForce, rps: {} },
    { name: "watch", kind: "watch", from: inForce, to: reverted, rps: {} },
    { name: "after", kind: "recovery", from: reverted, to, rps: {} },
  ];
  const harmed = { inForceAt: inForce, harmAt: inForce + 1_000, revertingAt: reverted, revertedAt: reverted + 1_000 };
  const calm = { inForceAt: null, harmAt: null, revertingAt: null, revertedAt: null };
  const run = sampleRun({
    case: id,
    startedAt: from,
    endedAt: to,
    phases,
    ...(truth.incident ? harmed : calm),
    recoveredAt: reverted + 5_000,
    components: Object.values(NAMES),
  });
  await intake.finish({ run, truth }, { start: from, end: to }, []);
  return root;
}

interface Request {
  readonly signal: SignalName;
  readonly body: object;
  readonly arrival: Instant;
}

/** One request a second of each signal and app; all that it holds arrives with it. */
function requestsOf({ spans, logs, series }: ReturnType<typeof play>["recording"]): Request[] {
  const traces = batched("traces", spans, (one) => ({ scopeSpans: [{ spans: one.map(spanOf) }] }), "resourceSpans");
  const lines = batched("logs", logs, (one) => ({ scopeLogs: [{ logRecords: one.map(logOf) }] }), "resourceLogs");
  const gauges = series.filter(({ kind }) => kind === "gauge");
  const points = gauges.flatMap(({ component, metric, unit, attributes, at, value, arrivals }) =>
    Array.from(at, (time, i) => ({
      component,
      metric,
      unit,
      attributes,
      time,
      value: value[i] ?? 0,
      arrival: arrivals[i] ?? 0,
    })),
  );
  const metrics = batched(
    "metrics",
    points,
    (one) => ({
      scopeMetrics: one.map(({ metric: name, unit, attributes, time, value }) => ({
        metrics: [
          {
            name,
            unit,
            gauge: { dataPoints: [{ timeUnixNano: nanos(time), asDouble: value, attributes: told(attributes) }] },
          },
        ],
      })),
    }),
    "resourceMetrics",
  );
  return [...traces, ...lines, ...metrics].sort((a, b) => a.arrival - b.arrival);
}

function batched<T extends { readonly component: string; readonly arrival: Instant }>(
  signal: SignalName,
  records: readonly T[],
  scopes: (records: readonly T[]) => object,
  field: string,
): Request[] {
  const batches = Map.groupBy(records, ({ component, arrival }) => `${Math.ceil(arrival / EVERY)} ${component}`);
  return [...batches].map(([key, all]) => {
    const [second = "", service = ""] = key.split(" ");
    const resource = { attributes: told({ "service.name": service, "service.instance.id": `${service}-1` }) };
    return { signal, body: { [field]: [{ resource, ...scopes(all) }] }, arrival: Number(second) * EVERY };
  });
}

function spanOf({ trace, id, parent, name, kind, start, end, failed, attributes, exceptions }: Span): object {
  return {
    traceId: trace,
    spanId: id,
    ...(parent === undefined ? {} : { parentSpanId: parent }),
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanos(start),
    endTimeUnixNano: nanos(end),
    attributes: told(attributes),
    ...(failed ? { status: { code: 2 } } : {}),
    events: exceptions.map((one) => ({ name: "exception", timeUnixNano: nanos(end), attributes: told(thrown(one)) })),
  };
}

function logOf({ at, severity, body, trace, exception }: LogRecord): object {
  return {
    timeUnixNano: nanos(at),
    severityNumber: severity,
    body: { stringValue: body },
    ...(trace === undefined ? {} : { traceId: trace }),
    attributes: exception ? told(thrown(exception)) : [],
  };
}

const thrown = ({ type, message }: ExceptionRecord): Attributes => ({
  "exception.type": type,
  "exception.message": message,
});
/** To the microsecond: more does not fit into a number. */
const nanos = (at: Instant): string => `${Math.round(at * 1_000)}000`;
const told = (attributes: Attributes): object[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyOf(value) }));

function anyOf(value: string | number | boolean): object {
  if (typeof value === "string") return { stringValue: value };
  return typeof value === "number" ? { doubleValue: value } : { boolValue: value };
}
