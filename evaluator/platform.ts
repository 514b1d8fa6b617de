import type { Change, ClusterObject, Instant } from "../agent/telemetry/model.ts";
import type { ChangeEvent, PlatformEvent } from "../generator/targets/target.ts";

/** What the platform says of an instance, as telemetry. */
export function objectOf(event: PlatformEvent, arrival: Instant): ClusterObject {
  const { at, service, instance, reason, code, signal } = event;
  return {
    at,
    component: service,
    instance,
    kind: "process",
    reason,
    attributes: {
      ...(code === undefined ? {} : { "exit.code": code }),
      ...(signal === undefined ? {} : { "exit.signal": signal }),
    },
    arrival,
  };
}

/** What the platform announces, as telemetry. */
export function changeOf({ service, ...event }: ChangeEvent, arrival: Instant): Change {
  return { ...event, component: service, arrival };
}
