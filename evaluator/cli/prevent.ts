import { relative, resolve } from "node:path";
import { type Prevention, prevention } from "../../agent/engine/prevention.ts";
import { type PastRuns, readPastRuns } from "../past-runs.ts";
import type { Command } from "./command.ts";
import { reportsDirectory } from "./places.ts";

interface Options {
  readonly agent: string;
  readonly reports?: string;
  readonly json: boolean;
}

/** What would help to prevent, and no result carries. */
const NOT_CARRIED = [
  "time-outs of callers and callees: whether one inverts another is not seen",
  "numbers of instances, limits and probes: single replicas are not seen",
  "minutes that users lost: requests they lost stand for them",
  "healthy hours: how often an earlier alert would be wrong is not known, so none is proposed",
];

export default {
  command: "prevent",
  describe: "what to change before the next incident, by what investigations of the past have in common",
  builder: (yargs) =>
    yargs
      .option("agent", { type: "string", default: "statistical", describe: "whose investigations" })
      .option("reports", { type: "string", describe: "folder of results; else reports/" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example("$0 prevent", "recurring faults, fragile edges, late alarms, retries: the most valuable first"),
  async handler(argv) {
    const { agent, reports, json } = argv as unknown as Options;
    const folder = resolve(reports ?? reportsDirectory());
    const past = await readPastRuns(folder, agent);
    const found = prevention(past.runs);
    process.stdout.write(
      json
        ? `${JSON.stringify({ schema: 1, agent, investigations: past.runs.length, leftOut: past.leftOut, found, notCarried: NOT_CARRIED })}\n`
        : told(found, past, agent, relative(process.cwd(), folder) || "."),
    );
    return 0;
  },
} satisfies Command;

function told(found: readonly Prevention[], { runs, leftOut }: PastRuns, agent: string, folder: string): string {
  const out = Object.entries(leftOut).map(([why, count]) => `${count} ${why}`);
  const aside = out.length > 0 ? ` (left out: ${out.join(", ")})` : "";
  if (runs.length === 0)
    return `${folder} holds no investigation by ${agent} yet${aside}\nhint: npm run scenario <name> leaves one\n`;
  const named = runs.filter((run) => run.named.length > 0).length;
  const title = `${runs.length} investigations by ${agent}, ${named} of them named a cause${aside}`;
  const nothing = "nothing recurs: no fault was named twice, no edge carried one, no alarm came late, no retries";
  return [
    title,
    "",
    ...(found.length > 0 ? ["lost a run  kind", ...found.flatMap(rowOf)] : [nothing]),
    "",
    "Not judged, because no result carries it:",
    ...NOT_CARRIED.map((one) => `  ${one}`),
    "",
  ].join("\n");
}

/** At most so many runs are named. */
const NAMED = 3;

function rowOf({ kind, claim, proposal, value, runs }: Prevention): string[] {
  const more = runs.length > NAMED ? ` and ${runs.length - NAMED} more` : "";
  const aside = " ".repeat(28);
  return [
    `${value.toFixed(1).padStart(10)}  ${kind.padEnd(16)}${claim}`,
    `${aside}${proposal}`,
    `${aside}in ${runs.slice(0, NAMED).join(", ")}${more}`,
  ];
}
