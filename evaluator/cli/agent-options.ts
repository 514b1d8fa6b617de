import { availableParallelism } from "node:os";
import type { Argv } from "yargs";
import type { Agent } from "../../agent/agent.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { loadAgent } from "../agents.ts";
import type { OutsideOptions } from "../outside.ts";

/** How a command line chooses its agent. */
export interface AgentOptions {
  readonly agent: string;
  readonly withRanking: boolean;
  /** Seconds. */
  readonly agentBudget: number;
  readonly agentWait: number;
  /** Names of variables, parted by commas. */
  readonly agentEnv: string;
}

/** Adds the options; `does` is what the agent does in this command. */
export function withAgent(yargs: Argv, does = "investigates"): Argv {
  return yargs
    .option("agent", {
      type: "string",
      default: "statistical",
      describe: `which agent ${does}: a name, or your own: command:"python3 my_agent.py", or http:http://127.0.0.1:9000/ask`,
    })
    .option("with-ranking", {
      type: "boolean",
      default: false,
      describe: "tell a command how the statistical agent ranks the causes",
    })
    .option("agent-budget", { type: "number", default: 120, describe: "seconds a command may think about one alarm" })
    .option("agent-wait", {
      type: "number",
      default: 30,
      describe: "seconds of telemetry from an alarm until a command is asked",
    })
    .option("agent-env", {
      type: "string",
      default: "",
      describe: "variables that a command gets too, as OPENAI_API_KEY,HTTPS_PROXY",
    });
}

/** @throws HarnessError (exit 2) when there is no such agent. */
export async function agentOf(options: AgentOptions): Promise<Agent> {
  return loadAgent(options.agent, outsideOf(options));
}

/** How a command is run. @throws HarnessError (exit 2) for what cannot be. */
export function outsideOf({ withRanking, agentBudget, agentWait, agentEnv }: AgentOptions): Partial<OutsideOptions> {
  if (!(agentBudget > 0 && agentBudget <= 3_600)) throw seconds("--agent-budget", "more than 0, at most 3600");
  if (!(agentWait >= 0 && agentWait <= 600)) throw seconds("--agent-wait", "from 0 to 600");
  return {
    passOn: agentEnv.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()])),
    budget: agentBudget * 1_000,
    wait: agentWait * 1_000,
    withRanking,
  };
}

/** How many threads agents think in. */
export const withWorkers = (yargs: Argv): Argv =>
  yargs.option("workers", {
    type: "number",
    default: availableParallelism(),
    describe: "threads in which recordings are replayed; the results do not depend on it",
  });

/** An agent's name as a part of a folder's. */
export const inFolders = ({ name }: Pick<Agent, "name">): string => name.replace(/[^\w.-]+/g, "-").replace(/-$/, "");

function seconds(option: string, limits: string): HarnessError {
  return new HarnessError(`${option} is a number of seconds, ${limits}`, { hint: "for example 120", exitCode: 2 });
}
