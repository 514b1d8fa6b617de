import { atAlarm, type Suspect } from "../at-alarm.ts";
import type { Component, Span, Telemetry, Window } from "../telemetry/model.ts";

const LATELY = 60_000;
const USUALLY = 180_000;
/** Fewest requests from which a ratio is taken. */
const FEW = 10;

/** Blames the component with the most failed requests in the last minute; when none fails, the one that slowed down most. */
export default atAlarm("loudest", (_, raisedAt, telemetry) => {
  const lately = { from: raisedAt - LATELY, to: raisedAt };
  const failed = ranked(counted(telemetry.spans({ within: lately, kind: "server", failed: true })), lately, "fail");
  if (failed.length > 0) return failed;
  const usually = { from: raisedAt - LATELY - USUALLY, to: raisedAt - LATELY };
  return ranked(slowdowns(telemetry, lately, usually), lately, "times as slow as before");
});

function counted(spans: readonly Span[]): ReadonlyMap<Component, number> {
  const counts = new Map<Component, number>();
  for (const { component } of spans) counts.set(component, (counts.get(component) ?? 0) + 1);
  return counts;
}

function slowdowns(telemetry: Telemetry, lately: Window, usually: Window): ReadonlyMap<Component, number> {
  const now = means(telemetry, lately);
  const before = means(telemetry, usually);
  return new Map([...now].map(([component, mean]) => [component, mean / (before.get(component) ?? mean)]));
}

function means(telemetry: Telemetry, within: Window): ReadonlyMap<Component, number> {
  const byComponent = Map.groupBy(telemetry.spans({ within, kind: "server" }), ({ component }) => component);
  const mean = (spans: readonly Span[]): number =>
    spans.reduce((sum, span) => sum + span.end - span.start, 0) / spans.length;
  return new Map(
    [...byComponent].filter(([, spans]) => spans.length >= FEW).map(([component, spans]) => [component, mean(spans)]),
  );
}

function ranked(scores: ReadonlyMap<Component, number>, within: Window, what: string): readonly Suspect[] {
  return [...scores]
    .map(([component, score]): Suspect => {
      const query = { ask: "spans", within, component, kind: "server" } as const;
      const claim = `${component}: ${Number(score.toPrecision(3))} ${what}`;
      const signal = what === "fail" ? "errors" : "latency";
      return {
        component,
        score,
        evidence: { id: `loud/${component}`, component, signal, claim, direction: "up", value: score, query },
      };
    })
    .sort((a, b) => b.score - a.score || (a.component < b.component ? -1 : 1));
}
