import { atAlarm } from "../at-alarm.ts";

/** Blames the component that raises the alarm first. Right exactly when symptom and cause are one. */
export default atAlarm("alerting", ({ component, text, evidence }, raisedAt) => {
  const [first] = evidence;
  const within = { from: raisedAt - 60_000, to: raisedAt };
  const query = { ask: "spans", within, component, kind: "server" } as const;
  const said = first ?? { id: "alarm", component, signal: "errors", claim: text, direction: "up", query };
  return [{ component, score: 1, evidence: said }];
});
