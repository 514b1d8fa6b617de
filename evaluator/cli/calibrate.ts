import { calibrate } from "../../generator/calibrate.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { local } from "../../generator/targets/local.ts";
import { APPS } from "../../generator/targets/target.ts";
import type { Knee } from "../../generator/traffic/knee.ts";
import { keepKnees } from "../calibration.ts";
import { runId } from "../names.ts";
import { openVenue } from "../venue.ts";
import type { Command } from "./command.ts";
import { buildCache, stateDirectory } from "./places.ts";

interface Options {
  readonly highest: number;
  readonly each: number;
  readonly seed: number;
  readonly json: boolean;
}
const LOWEST = 20;

export default {
  command: "calibrate",
  describe: "measure what each sample app carries on this machine; rushes of users follow it",
  builder: (yargs) =>
    yargs
      .option("highest", { type: "number", default: 500, describe: "the highest rate to try, requests a second" })
      .option("each", { type: "number", default: 15, describe: "seconds at each rate" })
      .option("seed", { type: "number", default: 1, describe: "same seed, same requests" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" }),
  async handler(argv, signal) {
    const { highest, each, seed, json } = argv as unknown as Options;
    if (!(highest >= LOWEST && highest <= 2_000))
      throw new HarnessError(`--highest lies between ${LOWEST} and 2000`, { hint: "try 500", exitCode: 2 });
    if (!(each >= 5 && each <= 120))
      throw new HarnessError("--each lies between 5 and 120 seconds", { hint: "try 15", exitCode: 2 });
    const say = (text: string): void => void process.stderr.write(`${text}\n`);
    const state = stateDirectory();
    const knees: Record<string, Knee> = {};
    {
      await using venue = await openVenue(
        {
          id: runId(new Date(), "calibrate", seed),
          target: local,
          releases: [],
          seed,
          otlp: "http",
          state,
          cache: buildCache(),
          line: say,
        },
        signal,
      );
      for (const app of APPS) {
        const knee = await calibrate(
          venue.target,
          app,
          {
            ...{ lowest: LOWEST, highest, each: each * 1_000, seed },
            told: (_, { rps, p95, answered }) =>
              say(`${app}: ${rps.toFixed(0)} rps, p95 ${p95.toFixed(0)} ms, ${(100 * answered).toFixed(1)} % answered`),
          },
          signal,
        );
        if (knee) knees[app] = knee;
        say(toldOf(app, knee));
      }
    }
    const file = await keepKnees(state, knees);
    process.stdout.write(
      json
        ? `${JSON.stringify({ schema: 1, knees })}\n`
        : `${APPS.map((app) => toldOf(app, knees[app])).join("\n")}\nkept in ${file}\n`,
    );
    return 0;
  },
} satisfies Command;

function toldOf(app: string, knee: Knee | undefined): string {
  if (knee === undefined) return `${app}: could not be measured`;
  const { carries, breaks } = knee;
  const least =
    breaks === null ? ", and nothing that was tried is too much" : `, ${breaks.toFixed(0)} rps are too much`;
  return `${app}: carries ${carries.toFixed(0)} rps${least}`;
}
