import { resolve } from "node:path";
import { compareAll, details, inOneLine } from "../leaderboard/compare.ts";
import { readResults } from "../leaderboard/results.ts";
import type { Command } from "./command.ts";

interface Options {
  readonly before: string;
  readonly now: string;
  readonly json: boolean;
}

export default {
  command: "compare <before> <now>",
  describe: "what was lost and won from one evaluation to another, case by case",
  builder: (yargs) =>
    yargs
      .positional("before", { type: "string", demandOption: true, describe: "folder of npm run evaluate" })
      .positional("now", { type: "string", demandOption: true, describe: "another" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" }),
  async handler(argv) {
    const { before, now, json } = argv as unknown as Options;
    const all = compareAll(await readResults(resolve(before)), await readResults(resolve(now)));
    const text = all.flatMap((one) => [inOneLine(one), ...details(one)]).join("\n");
    process.stdout.write(json ? `${JSON.stringify({ schema: 1, compared: all })}\n` : `${text}\n`);
    return 0;
  },
} satisfies Command;
