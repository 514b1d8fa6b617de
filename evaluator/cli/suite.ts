import { join, relative, resolve } from "node:path";
import { HarnessError } from "../../generator/harness-error.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import { SUITES } from "../../scenarios/suites.ts";
import { knownKnees } from "../calibration.ts";
import { loadScenario } from "../catalogue.ts";
import { stampOf } from "../names.ts";
import { readSuite, save, unfinished } from "../suite/files.ts";
import { openGround } from "../suite/ground.ts";
import { withAttempt } from "../suite/order.ts";
import { planOf, requireSame, type SuitePlan, seedsOf } from "../suite/plan.ts";
import { type Book, playAll } from "../suite/play-all.ts";
import { document, type SuiteRecord, untried } from "../suite/record.ts";
import { told } from "../suite/table.ts";
import { RECEIVERS } from "../venue.ts";
import { commit, VERSION } from "../version.ts";
import { type AgentOptions, agentOf, withAgent } from "./agent-options.ts";
import type { Command } from "./command.ts";
import { buildCache, reportsDirectory, stateDirectory } from "./places.ts";
import { progress } from "./progress.ts";
import { toldInLine } from "./told.ts";

export interface SuiteOptions extends AgentOptions {
  readonly resume: boolean;
  readonly otlp: keyof typeof RECEIVERS;
  readonly out?: string;
}
interface Options extends SuiteOptions {
  readonly names?: readonly string[];
  readonly seeds: string;
  readonly json: boolean;
}
const OTLP = Object.keys(RECEIVERS) as (keyof typeof RECEIVERS)[];

export default {
  command: "suite [names..]",
  describe: "run many drills on apps that stay up, unattended; without a name: list the suites",
  builder: (yargs) =>
    withAgent(yargs)
      .positional("names", { type: "string", array: true, describe: "smoke, core, hard, controls, all, or scenarios" })
      .option("seeds", { type: "string", default: "1", describe: "each scenario once with each of them, as 1,2" })
      .option("resume", { type: "boolean", default: false, describe: "go on with the one that was interrupted" })
      .option("otlp", { choices: OTLP, default: "http" as const, describe: "how the apps send their telemetry" })
      .option("out", { type: "string", describe: "folder for everything it leaves; else one in reports/" })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example("$0 suite smoke", "a first look, in 20 minutes")
      .example("$0 suite core --seeds 1,2 --resume", "go on where it was interrupted"),
  async handler(argv, signal) {
    const options = argv as unknown as Options;
    const { names = [], json } = options;
    if (names.length === 0) return list(json);
    const { record, out } = await playSuite(options, planOf(names, seedsOf(options.seeds)), signal);
    process.stdout.write(json ? `${JSON.stringify(document(record))}\n` : told(record, relative(process.cwd(), out)));
    return 0;
  },
} satisfies Command;

/** Plays all drills of a plan and leaves their recordings; an interruption is thrown, and what was done is kept. */
export async function playSuite(options: SuiteOptions, plan: SuitePlan, signal: AbortSignal): Promise<Begun> {
  const scenarios = new Map<string, Scenario>();
  for (const name of plan.scenarios) scenarios.set(name, await loadScenario(name));
  const agent = await agentOf(options);
  const named = { ...options, agent: agent.name };
  const begun = await (options.resume ? resumed(named, plan) : anew(named, plan));
  using show = progress(process.stderr);
  const shelf = shelve(begun, (text) => show.line(text));
  const knees = await knownKnees(stateDirectory(), (text) => show.line(text));
  await using ground = openGround(
    {
      name: plan.name,
      scenarios,
      agent,
      otlp: options.otlp,
      state: stateDirectory(),
      cache: buildCache(),
      knees,
      out: begun.out,
      show,
      told: ({ verdict }) => show.line(toldInLine(verdict)),
    },
    signal,
  );
  await playAll(ground, shelf, signal).catch((error: unknown) => {
    if (signal.aborted) show.line("interrupted; the same command with --resume goes on with it");
    throw error;
  });
  await ground.clear();
  return { out: begun.out, record: await shelf.end() };
}

interface Begun {
  readonly out: string;
  readonly record: SuiteRecord;
}

async function anew({ agent, otlp, out }: SuiteOptions, plan: SuitePlan): Promise<Begun> {
  const at = new Date();
  const directory = resolve(out ?? join(reportsDirectory(), `${stampOf(at)}-suite-${plan.name}`));
  if (await readSuite(directory))
    throw new HarnessError(`${directory} holds a suite already`, {
      hint: "go on with it (--resume), or give another folder",
      exitCode: 2,
    });
  const record: SuiteRecord = {
    schema: 1,
    suite: plan.name,
    agent,
    otlp,
    firedrill: VERSION,
    commit: await commit(),
    startedAt: at.getTime(),
    endedAt: null,
    wallMs: 0,
    drills: plan.drills.map(untried),
  };
  return { out: directory, record };
}

async function resumed(options: SuiteOptions, plan: SuitePlan): Promise<Begun> {
  const out = options.out === undefined ? undefined : resolve(options.out);
  const record = out === undefined ? undefined : await readSuite(out);
  const found = out === undefined ? await unfinished(reportsDirectory(), plan.name) : record && { out, record };
  if (found === undefined)
    throw new HarnessError(`there is no interrupted suite ${plan.name}${out === undefined ? "" : ` in ${out}`}`, {
      hint: "begin one without --resume",
      exitCode: 2,
    });
  requireSame(found.record, plan, options);
  return found;
}

/** The book of a suite, written to its folder after every attempt. */
function shelve({ out, record: begun }: Begun, line: (text: string) => void): Book & { end(): Promise<SuiteRecord> } {
  const from = performance.now();
  let record = begun;
  const write = async (change: Partial<SuiteRecord>): Promise<void> => {
    record = { ...record, ...change, wallMs: begun.wallMs + performance.now() - from };
    await save(out, record);
  };
  return {
    tally: () => record.drills,
    async note(drill, attempt) {
      await write({ drills: withAttempt(record.drills, drill, attempt) });
      const done = record.drills.filter(({ attempts }) => attempts.length > 0).length;
      const lost = attempt.state === "failed" ? `: could not be held: ${attempt.why.join("; ")}` : "";
      line(`${drill.scenario} (seed ${drill.seed})${lost}; ${done} of ${record.drills.length} drills done`);
    },
    async end() {
      await write({ endedAt: Date.now() });
      return record;
    },
  };
}

function list(json: boolean): number {
  const all = Object.entries(SUITES).map(([name, scenarios]) => ({ name, scenarios }));
  const width = Math.max(...all.map(({ name }) => name.length));
  process.stdout.write(
    json
      ? `${JSON.stringify({ schema: 1, suites: all })}\n`
      : `${all.map(({ name, scenarios }) => `${name.padEnd(width)}  ${scenarios.join(", ")}`).join("\n")}\n\nnpm run suite -- <name> [--seeds 1,2]\n`,
  );
  return 0;
}
