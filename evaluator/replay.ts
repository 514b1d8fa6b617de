import type { Agent } from "../agent/agent.ts";
import { attend, openCase } from "./case.ts";
import type { Ear } from "./think.ts";
import type { Held } from "./trial.ts";

/** Lets an agent think again over a recording, `<run>/incidents/<id>`, as fast as it can, and judges what it says. */
export async function replay(directory: string, agent: Agent, signal: AbortSignal, ear: Ear = {}): Promise<Held> {
  return attend(await openCase(directory), agent, signal, ear);
}
