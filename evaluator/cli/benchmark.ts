import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { HarnessError } from "../../generator/harness-error.ts";
import { nezhaCases } from "../benchmark/nezha.ts";
import { petshopCases } from "../benchmark/petshop.ts";
import { documentOf, type RankedCase, tableOf } from "../benchmark/score.ts";
import type { Command } from "./command.ts";

const SETS: Readonly<Record<string, (directory: string, signal: AbortSignal) => AsyncGenerator<RankedCase>>> = {
  petshop: petshopCases,
  nezha: nezhaCases,
};
/** So many notes are told; of the others only how many they are. */
const TOLD = 12;

interface Options {
  readonly dataset: string;
  readonly directory: string;
  readonly json: boolean;
}

export default {
  command: "benchmark <dataset> <directory>",
  describe: "the engine and published baselines on a public set in its own layout; the moment of the incident is given",
  builder: (yargs) =>
    yargs
      .positional("dataset", { choices: Object.keys(SETS), demandOption: true, describe: "which public set" })
      .positional("directory", {
        type: "string",
        demandOption: true,
        describe: "where it was unpacked: the whole set or any part of it",
      })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example("$0 benchmark petshop petshop-root-cause-analysis/dataset", "all traffic scenarios")
      .example("$0 benchmark nezha Nezha/rca_data/2022-08-22 --json", "one day"),
  async handler(argv, signal) {
    const { dataset, directory, json } = argv as unknown as Options;
    const cases = await read(dataset, resolve(directory), signal);
    tellMissing(cases);
    const document = documentOf(dataset, cases);
    process.stdout.write(json ? `${JSON.stringify(document)}\n` : tableOf(document));
    return 0;
  },
} satisfies Command;

async function read(dataset: string, directory: string, signal: AbortSignal): Promise<readonly RankedCase[]> {
  const there = await stat(directory).catch(() => undefined);
  if (!there?.isDirectory())
    throw new HarnessError(`there is no folder ${directory}`, {
      hint: "give the folder to which the set was unpacked; nothing is fetched",
      exitCode: 2,
    });
  const cases = await Array.fromAsync(SETS[dataset]?.(directory, signal) ?? []);
  if (cases.length > 0) return cases;
  throw new HarnessError(`${directory} holds no incident of ${dataset} that could be read`, {
    hint: "give the folder to which the set was unpacked",
    exitCode: 2,
  });
}

function tellMissing(cases: readonly RankedCase[]): void {
  const notes = [...new Set(cases.flatMap((one) => one.notes))];
  for (const note of notes.slice(0, TOLD)) process.stderr.write(`${note}\n`);
  if (notes.length > TOLD) process.stderr.write(`and ${notes.length - TOLD} more of these\n`);
}
