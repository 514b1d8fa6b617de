import { atAlarm } from "../at-alarm.ts";

/** How long before the alarm a change may lie. */
const BEFORE = 30 * 60_000;

/** Blames whatever was changed last before the alarm; says nothing when nothing was. Harmless changes show its worth. */
export default atAlarm("latest-change", (_, raisedAt, telemetry) => {
  const within = { from: raisedAt - BEFORE, to: raisedAt + 1 };
  const last = telemetry.changes(within).at(-1);
  if (last === undefined) return [];
  const { component, id, summary } = last;
  const query = { ask: "changes", within, component } as const;
  const evidence = {
    id: `change/${id}`,
    component,
    signal: "change",
    claim: summary,
    direction: "present",
    query,
  } as const;
  return [{ component, score: 1, evidence }];
});
