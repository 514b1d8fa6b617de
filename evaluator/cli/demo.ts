import { join } from "node:path";
import { type AgentOptions, withAgent } from "./agent-options.ts";
import type { Command } from "./command.ts";
import { reportsDirectory } from "./places.ts";
import { replayed } from "./replay.ts";

export default {
  command: "demo",
  describe: "replay the committed recording of a real drill and open its report; needs Node alone",
  builder: (yargs) =>
    withAgent(yargs)
      .option("open", { type: "boolean", default: true, describe: "open the report in a browser (--no-open: do not)" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" }),
  handler(argv, signal) {
    const options = argv as unknown as AgentOptions & { readonly open: boolean; readonly json: boolean };
    const recording = join(reportsDirectory(), "example");
    return replayed({ ...options, recording, open: options.open && !options.json }, signal);
  },
} satisfies Command;
