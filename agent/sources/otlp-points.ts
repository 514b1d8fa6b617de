import type { Point } from "../telemetry/model.ts";
import type {
  ExponentialHistogramDataPoint,
  HistogramDataPoint,
  Metric,
  NumberDataPoint,
  SummaryDataPoint,
} from "./generated/opentelemetry/proto/metrics/v1/metrics_pb.js";
import type { Sender } from "./otlp-records.ts";
import { attributesOf, instantOf } from "./otlp-values.ts";

const DELTA = 1;
/** Set by an SDK when it has nothing to say for this stream. */
const NO_VALUE = 1;

/** The points of one metric as sent: a sum that may fall is a level, so a gauge. */
export function pointsOf(metric: Metric, sender: Sender): Point[] {
  const named = { ...sender, metric: metric.name, unit: metric.unit };
  const { data } = metric;
  switch (data.case) {
    case "gauge":
      return data.value.dataPoints.flatMap((one) => numberOf(one, { ...named, kind: "gauge", temporality: "delta" }));
    case "sum": {
      const kind = data.value.isMonotonic ? "counter" : "gauge";
      const how = { ...named, kind, temporality: temporality(data.value.aggregationTemporality) } as const;
      return data.value.dataPoints.flatMap((one) => numberOf(one, how));
    }
    case "histogram":
    case "exponentialHistogram": {
      const how = { ...named, temporality: temporality(data.value.aggregationTemporality) };
      return data.value.dataPoints.flatMap((one) => histogramOf(one, how));
    }
    case "summary":
      return data.value.dataPoints.flatMap((one) => histogramOf(one, { ...named, temporality: "cumulative" }));
    default:
      return [];
  }
}

const temporality = (value: number): Point["temporality"] => (value === DELTA ? "delta" : "cumulative");
type Named = Pick<Point, "component" | "instance" | "arrival" | "metric" | "unit" | "temporality">;

function numberOf(point: NumberDataPoint, how: Named & Pick<Point, "kind">): Point[] {
  const { value } = point;
  if ((point.flags & NO_VALUE) !== 0 || value.case === undefined) return [];
  return [{ ...how, ...timed(point), value: Number(value.value) }];
}

function histogramOf(
  point: HistogramDataPoint | ExponentialHistogramDataPoint | SummaryDataPoint,
  how: Named,
): Point[] {
  if ((point.flags & NO_VALUE) !== 0) return [];
  const explicit =
    "explicitBounds" in point && point.explicitBounds.length > 0
      ? { bounds: [...point.explicitBounds], buckets: point.bucketCounts.map(Number) }
      : {};
  return [
    { ...how, ...timed(point), kind: "histogram", value: point.sum ?? 0, count: Number(point.count), ...explicit },
  ];
}

function timed({
  attributes,
  timeUnixNano,
  startTimeUnixNano,
}: Pick<NumberDataPoint, "attributes" | "timeUnixNano" | "startTimeUnixNano">): Pick<
  Point,
  "attributes" | "at" | "start"
> {
  return { attributes: attributesOf(attributes), at: instantOf(timeUnixNano), start: instantOf(startTimeUnixNano) };
}
