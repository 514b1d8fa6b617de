import { relative, resolve } from "node:path";
import { publish } from "../leaderboard/publish.ts";
import { rescored } from "../leaderboard/rescore.ts";
import { readResults, writeResults } from "../leaderboard/results.ts";
import { told } from "../leaderboard/told.ts";
import type { Command } from "./command.ts";
import { exitOf } from "./evaluate.ts";

export default {
  command: "rescore <results>",
  describe: "score what agents said once more, with the scores of today; no agent runs",
  builder: (yargs) =>
    yargs
      .positional("results", { type: "string", demandOption: true, describe: "folder of npm run evaluate" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" }),
  async handler(argv) {
    const { results, json } = argv as unknown as { results: string; json: boolean };
    const directory = resolve(results);
    const fresh = rescored(await readResults(directory));
    await writeResults(directory, fresh);
    const summary = await publish(directory, fresh);
    const place = relative(process.cwd(), directory) || ".";
    process.stdout.write(json ? `${JSON.stringify(summary)}\n` : told(summary, place));
    return exitOf(summary);
  },
} satisfies Command;
