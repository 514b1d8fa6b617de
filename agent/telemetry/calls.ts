import { forestOfItself, isCall, lasted } from "../engine/traces.ts";
import type { Call, Span, Window } from "./model.ts";

/** Totals of each edge, from client spans that ended in the window joined with the server spans that answered them. */
export function callsIn(window: Window, spans: readonly Span[]): Call[] {
  const { nodes } = forestOfItself(spans);
  const calls = new Map<string, Call>();
  for (const { span, callee, answer, failed } of nodes) {
    if (!isCall(span) || callee === undefined || span.end < window.from || span.end >= window.to) continue;
    const key = `${span.component}\n${callee}`;
    const virtual = answer === undefined && "db.system.name" in span.attributes;
    const before = calls.get(key) ?? {
      caller: span.component,
      callee,
      sync: span.kind === "client",
      count: 0,
      failed: 0,
      clientSeconds: 0,
      serverSeconds: 0,
      unanswered: 0,
    };
    calls.set(key, {
      ...before,
      count: before.count + 1,
      failed: before.failed + (failed ? 1 : 0),
      clientSeconds: before.clientSeconds + lasted(span) / 1_000,
      serverSeconds: before.serverSeconds + (answer ? lasted(answer.span) / 1_000 : 0),
      unanswered: before.unanswered + (answer || virtual ? 0 : 1),
    });
  }
  const answered = new Set(nodes.flatMap(({ answer }) => (answer ? [answer.span.component] : [])));
  return [...calls]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([, call]) => (answered.has(call.callee) ? call : { ...call, unanswered: 0 }));
}
