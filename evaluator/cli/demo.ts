import { join } from "node:path";
import type { Command } from "./command.ts";
import { reportsDirectory } from "./places.ts";
import { replayed } from "./replay.ts";

export default {
  command: "demo",
  describe: "replay the committed recording of a real drill and open its report; needs Node alone",
  builder: (yargs) =>
    yargs
      .option("agent", { type: "string", default: "statistical", describe: "which agent investigates" })
      .option("open", { type: "boolean", default: true, describe: "open the report in a browser (--no-open: do not)" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" }),
  handler(argv, signal) {
    const { agent, open, json } = argv as { agent: string; open: boolean; json: boolean };
    const recording = join(reportsDirectory(), "example");
    return replayed({ recording, agent, open: open && !json, json }, signal);
  },
} satisfies Command;
