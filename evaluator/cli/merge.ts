import { relative, resolve } from "node:path";
import { publish } from "../leaderboard/publish.ts";
import { readResults, writeResults } from "../leaderboard/results.ts";
import { joined } from "../leaderboard/shards.ts";
import { told } from "../leaderboard/told.ts";
import type { Command } from "./command.ts";
import { exitOf } from "./evaluate.ts";

interface Options {
  readonly shards: readonly string[];
  readonly out: string;
  readonly json: boolean;
}

export default {
  command: "merge <shards..>",
  describe: "put the shards of one evaluation together; refuses missing, doubled or different ones",
  builder: (yargs) =>
    yargs
      .positional("shards", { type: "string", array: true, demandOption: true, describe: "folder of each shard" })
      .option("out", { type: "string", demandOption: true, describe: "folder for the whole" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example("$0 merge results/shard-* --out results/all", "after npm run evaluate -- --shard 1/6, 2/6, ..."),
  async handler(argv) {
    const { shards, out, json } = argv as unknown as Options;
    const whole = joined(await Promise.all(shards.map((shard) => readResults(resolve(shard)))));
    const directory = resolve(out);
    await writeResults(directory, whole);
    const summary = await publish(directory, whole);
    const place = relative(process.cwd(), directory) || ".";
    process.stdout.write(json ? `${JSON.stringify(summary)}\n` : told(summary, place));
    return exitOf(summary);
  },
} satisfies Command;
