import type { Meters } from "../../generator/faults/adapters/adapter.ts";
import { meter } from "../../generator/faults/adapters/all.ts";
import { openIntents, type Record } from "../../generator/faults/journal-record.ts";
import { told } from "../../generator/faults/survey.ts";
import type { PlaceId, RunningTarget } from "../../generator/targets/target.ts";

/** The numbers by which an open injection is seen, read now; what does not answer is left out. */
export async function metersOf(target: RunningTarget, on: PlaceId, records: readonly Record[]): Promise<Meters> {
  const none = (): Meters => ({});
  const read = await Promise.all([told(target, on).catch(none), meter(openIntents(records)).catch(none)]);
  return Object.assign({}, ...read) as Meters;
}
