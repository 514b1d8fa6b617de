import type { Agent } from "../../agent/agent.ts";
import type { Telemetry } from "../../agent/telemetry/model.ts";
import { isAway } from "../crew/away.ts";

/** The same agent with one eye shut: it sees no traces, that is neither spans nor the calls made of them. */
export function blinded(agent: Agent): Agent {
  if (isAway(agent)) return agent.as({ blinded: true });
  return {
    name: agent.name,
    investigate: (brief, telemetry, ticks, signal) => agent.investigate(brief, withoutTraces(telemetry), ticks, signal),
  };
}

function withoutTraces(telemetry: Telemetry): Telemetry {
  return {
    get now() {
      return telemetry.now;
    },
    components: (within) => telemetry.components(within),
    metrics: (component) => telemetry.metrics(component),
    series: (query) => telemetry.series(query),
    spans: () => [],
    logs: (query) => telemetry.logs(query),
    calls: () => [],
    changes: (within) => telemetry.changes(within),
    objects: (query) => telemetry.objects(query),
  };
}
