import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Agent } from "../agent/agent.ts";
import { HarnessError } from "../generator/harness-error.ts";
import { isCommand, isServer, type OutsideOptions, outsideAgent, serverAgent, usualOptions } from "./outside.ts";

const FOLDER = join(import.meta.dirname, "..", "agent", "agents");

/** Names of all agents: each file of the folder is one, and its name is the agent's. */
export async function agentNames(): Promise<string[]> {
  const files = await readdir(FOLDER);
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -3))
    .sort();
}

/**
 * One of ours by its name, or anybody's as `command:<how to start it>` or `http:<address>`.
 * @throws HarnessError (exit 2) listing the agents if there is none of that name.
 */
export async function loadAgent(name: string, outside: Partial<OutsideOptions> = {}): Promise<Agent> {
  if (isCommand(name)) return outsideAgent(name, { ...usualOptions(), ...outside });
  if (isServer(name)) return serverAgent(name, { ...usualOptions(), ...outside });
  const names = await agentNames();
  if (!names.includes(name))
    throw new HarnessError(`there is no agent "${name}"`, {
      hint: `one of: ${names.join(", ")}; or your own: command:"python3 my_agent.py" or http:http://127.0.0.1:9000/`,
      exitCode: 2,
    });
  if (outside.withRanking)
    throw new HarnessError(`the agent ${name} makes its own ranking`, {
      hint: "--with-ranking is for --agent command:... and http:...",
      exitCode: 2,
    });
  const module = (await import(join(FOLDER, `${name}.ts`))) as { default: Agent };
  return module.default;
}
