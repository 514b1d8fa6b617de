import { basename, join, relative, resolve } from "node:path";
import { HarnessError } from "../../generator/harness-error.ts";
import { splitOf } from "../../scenarios/split.ts";
import { scenarioNames } from "../catalogue.ts";
import { add, byScenario, type Entry, entriesOf } from "../corpus.ts";
import { type Checked, check, readable, wrongIn } from "../corpus-check.ts";
import { namesTold, tellingTold } from "../corpus-told.ts";
import { readSuite } from "../suite/files.ts";
import { planOf, seedsOf } from "../suite/plan.ts";
import { type AgentOptions, agentOf, withAgent } from "./agent-options.ts";
import type { Command } from "./command.ts";
import { corpusDirectory, reportsDirectory } from "./places.ts";
import { playSuite } from "./suite.ts";

interface Options extends AgentOptions {
  readonly deed: "record" | "add" | "verify" | "list";
  readonly from?: string;
  readonly corpus?: string;
  readonly seeds: string;
  readonly again: boolean;
  readonly json: boolean;
}
const FAILED = 99;

export default {
  command: "corpus <deed> [from]",
  describe: "the recorded drills that the gate replays: record, add, verify, list",
  builder: (yargs) =>
    withAgent(yargs, "investigates while it is recorded, and must say the same twice when it is verified")
      .positional("deed", {
        choices: ["record", "add", "verify", "list"] as const,
        demandOption: true,
        describe:
          "record: hold every development drill (hours; goes on where it stopped) and add them; add: of a suite",
      })
      .positional("from", { type: "string", describe: "with add: folder of a finished suite, or of another corpus" })
      .option("corpus", { type: "string", describe: "folder of the corpus; else the committed one" })
      .option("seeds", { type: "string", default: "1", describe: "with record: each scenario once with each of them" })
      .option("again", { type: "boolean", default: false, describe: "take the new recording of what is there already" })
      .option("json", { type: "boolean", default: false, describe: "with list: print exactly one JSON document" })
      .example("$0 corpus record", "hold all development drills and pack them")
      .example("$0 corpus verify", "check every recording as if it came from a stranger"),
  async handler(argv, signal) {
    const options = argv as unknown as Options;
    const corpus = resolve(options.corpus ?? corpusDirectory());
    switch (options.deed) {
      case "record":
        return added(await record(options, signal), corpus, options);
      case "add":
        return added(from(options), corpus, options);
      case "verify":
        return verify(corpus, options, signal);
      case "list":
        return list(await entriesOf(corpus), corpus, options.json);
    }
  },
} satisfies Command;

function from({ from: folder }: Options): string {
  if (folder !== undefined) return resolve(folder);
  throw new HarnessError("add takes the folder of a suite", {
    hint: "npm run corpus -- add reports/<suite>",
    exitCode: 2,
  });
}

/** Holds every development scenario as one suite, in a folder of its own; an interrupted one is gone on with. */
async function record(options: Options, signal: AbortSignal): Promise<string> {
  const names = (await scenarioNames()).filter((name) => splitOf(name) === "development");
  const out = join(reportsDirectory(), "corpus-recording");
  const begun = await readSuite(out);
  if (begun && begun.endedAt !== null)
    throw new HarnessError(`${relative(process.cwd(), out)} holds a recorded corpus already`, {
      hint: `npm run corpus -- add ${relative(process.cwd(), out)} packs it; to record anew, move the folder away`,
      exitCode: 2,
    });
  const resume = begun !== undefined;
  await playSuite({ ...options, otlp: "http", out, resume }, planOf(names, seedsOf(options.seeds)), signal);
  return out;
}

async function added(folder: string, corpus: string, { again }: Options): Promise<number> {
  for await (const { scenario, seed, taken, why } of add(folder, corpus, { again }))
    process.stderr.write(`${taken ? "taken    " : "not taken"}  ${scenario}, seed ${seed}${why && `: ${why}`}\n`);
  return list(await entriesOf(corpus), corpus, false);
}

async function verify(corpus: string, options: Options, signal: AbortSignal): Promise<number> {
  const agent = await agentOf(options);
  const { entries, refused } = await readable(corpus);
  let wrong = wrongIn(entries).length + refused.length;
  for (const one of wrongIn(entries)) process.stdout.write(`WRONG  ${one}\n`);
  for (const { directory, why } of refused) process.stdout.write(`WRONG  ${basename(directory)}  refused: ${why}\n`);
  const all: Checked[] = [];
  for (const entry of entries.toSorted(byScenario)) {
    signal.throwIfAborted();
    const checked = await check(entry, agent, signal);
    all.push(checked);
    wrong += checked.wrong.length;
    const told = checked.wrong.length === 0 ? "well " : "WRONG";
    process.stdout.write(`${told}  ${entry.id}  ${entry.scenario}, seed ${entry.seed}  ${checked.wrong.join("; ")}\n`);
  }
  const telling = tellingTold(all);
  wrong += telling.wrong;
  for (const line of [...namesTold(all, agent.name), ...telling.lines]) process.stdout.write(`${line}\n`);
  process.stdout.write(`${entries.length + refused.length} recordings, ${wrong} wrong\n`);
  return wrong > 0 ? FAILED : 0;
}

function list(entries: readonly Entry[], corpus: string, json: boolean): number {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const hours = entries.reduce((sum, { lastsMs }) => sum + lastsMs, 0) / 3_600_000;
  if (json) {
    process.stdout.write(`${JSON.stringify({ schema: 1, bytes, hours, entries })}\n`);
    return 0;
  }
  for (const { id, scenario, seed, incident, lastsMs, bytes: size } of entries)
    process.stdout.write(
      `${id}  ${incident ? "incident" : "control "}  ${(lastsMs / 1_000).toFixed(0).padStart(4)} s  ${(size / 1e6).toFixed(2)} MB  ${scenario}, seed ${seed}\n`,
    );
  const controls = entries.filter(({ incident }) => !incident).length;
  process.stdout.write(
    `${entries.length} recordings, ${controls} of controls; ${hours.toFixed(2)} h, ${(bytes / 1e6).toFixed(1)} MB in ${relative(process.cwd(), corpus) || "."}\n`,
  );
  return 0;
}
