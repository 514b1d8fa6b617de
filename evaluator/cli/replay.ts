import { readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Stamped } from "../../agent/investigation.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { keep } from "../keep.ts";
import { replay } from "../replay.ts";
import { resultOf } from "../result.ts";
import { type AgentOptions, agentOf, inFolders, withAgent } from "./agent-options.ts";
import type { Command } from "./command.ts";
import { reportsDirectory } from "./places.ts";
import { findingTold } from "./progress.ts";
import { openFile } from "./scenario.ts";
import { told } from "./told.ts";

export interface ReplayOptions extends AgentOptions {
  readonly recording: string;
  readonly json: boolean;
  readonly open: boolean;
}

export default {
  command: "replay <recording>",
  describe: "let an agent investigate a recorded drill again, under the recording's clock",
  builder: (yargs) =>
    withAgent(yargs)
      .positional("recording", { type: "string", demandOption: true, describe: "reports/<run> or its incidents/<id>" })
      .option("open", { type: "boolean", default: false, describe: "open the report in a browser" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" }),
  handler: (argv, signal) => replayed(argv as unknown as ReplayOptions, signal),
} satisfies Command;

/** Replays a recording, tells the verdict, and leaves a report in `reports/<case>-replay/`. */
export async function replayed(options: ReplayOptions, signal: AbortSignal): Promise<number> {
  const { recording, json, open } = options;
  const directory = await incidentIn(resolve(recording));
  const agent = await agentOf(options);
  const heard = (finding: Stamped): void => void process.stderr.write(`agent: ${findingTold(finding)}\n`);
  const held = await replay(directory, agent, signal, json ? {} : { heard });
  const { verdict } = held;
  // A report is about users and load, of which an imported case tells nothing.
  if (verdict.trial.run.imported) {
    const none = "none: the case was imported";
    process.stdout.write(json ? `${JSON.stringify(resultOf(verdict, none))}\n` : told(verdict, none));
    return verdict.state === "invalid" ? 4 : 0;
  }
  const kept = await keep(held, join(reportsDirectory(), `${verdict.trial.run.case}-replay-${inFolders(agent)}`), true);
  process.stdout.write(json ? `${JSON.stringify(kept.result)}\n` : told(verdict, relative(process.cwd(), kept.file)));
  if (open) openFile(kept.file);
  return verdict.state === "invalid" ? 4 : 0;
}

/** The recording itself, or the only one of a run; what is neither is refused when it is read. */
async function incidentIn(path: string): Promise<string> {
  const incidents = join(path, "incidents");
  const [first, ...more] = (await readdir(incidents).catch((): string[] => [])).sort();
  if (first === undefined) return path;
  if (more.length === 0) return join(incidents, first);
  throw new HarnessError(`${path} holds ${more.length + 1} recordings`, {
    hint: `name one, for example ${relative(process.cwd(), join(incidents, first))}`,
    exitCode: 2,
  });
}
