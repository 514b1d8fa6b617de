import type { Agent } from "../../../agent/agent.ts";
import { swapped } from "../broken.ts";

/** An agent that answers by chance: another one, whose first and second place change in a share `p` of its runs. */
export function chancy(agent: Agent, p: number, components: readonly string[] = []): Agent {
  return {
    name: agent.name,
    async *investigate(brief, telemetry, ticks, signal) {
      const swaps = brief.random() < p;
      for await (const said of agent.investigate(brief, telemetry, ticks, signal))
        yield swaps && said.kind === "diagnosis" ? swapped(said, components) : said;
    },
  };
}
