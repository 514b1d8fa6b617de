import type { TelemetrySink, Window } from "../../agent/telemetry/model.ts";

/** Lets pass what arrived in the window, its end included. */
export function bounded({ from, to }: Window, sink: TelemetrySink): TelemetrySink {
  const pass = <T extends { readonly arrival: number }>(enter: (record: T) => void) => {
    return (record: T): void => {
      if (record.arrival >= from && record.arrival <= to) enter(record);
    };
  };
  return {
    span: pass((span) => sink.span(span)),
    log: pass((record) => sink.log(record)),
    point: pass((point) => sink.point(point)),
    change: pass((change) => sink.change(change)),
    object: pass((object) => sink.object(object)),
    resource(component, instance, attributes, arrival) {
      if (arrival >= from && arrival <= to) sink.resource(component, instance, attributes, arrival);
    },
  };
}
