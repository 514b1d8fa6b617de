import type { TelemetrySink } from "../agent/telemetry/model.ts";

/** Each record goes to the first, then to the second. */
export function both(first: TelemetrySink, second: TelemetrySink): TelemetrySink {
  return {
    span(span) {
      first.span(span);
      second.span(span);
    },
    log(record) {
      first.log(record);
      second.log(record);
    },
    point(point) {
      first.point(point);
      second.point(point);
    },
    change(change) {
      first.change(change);
      second.change(change);
    },
    object(object) {
      first.object(object);
      second.object(object);
    },
    resource(...described) {
      first.resource(...described);
      second.resource(...described);
    },
  };
}
