import { appendFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { HarnessError } from "../../generator/harness-error.ts";
import { type Crew, openCrew, usualCrew } from "../crew/crew.ts";
import { accept } from "../gate/accept.ts";
import { readAccepted, writeAccepted } from "../gate/accepted.ts";
import { changes } from "../gate/change.ts";
import { floorsOf } from "../gate/floors.ts";
import type { Progress } from "../gate/played.ts";
import { readQuarantine } from "../gate/quarantine.ts";
import { FEWEST_RUNS, RULES } from "../gate/rules.ts";
import { runGate } from "../gate/run-gate.ts";
import { selfTest, type Tested } from "../gate/self-test.ts";
import { HEAD, rowTold, simulation } from "../gate/simulation.ts";
import { junit, markdown, told } from "../gate/told.ts";
import { changedFiles } from "../gate/tree.ts";
import { decisionOf, EXIT } from "../gate/verdict.ts";
import { LIMITS, type Limits } from "../limits.ts";
import { type AgentOptions, outsideOf, withAgent, withWorkers } from "./agent-options.ts";
import type { Command } from "./command.ts";
import { acceptedFile, corpusDirectory, root } from "./places.ts";

interface Options extends AgentOptions {
  readonly deed?: "accept" | "self-test" | "simulate";
  readonly corpus?: string;
  readonly accepted?: string;
  readonly accusations: number;
  readonly repeats?: number;
  readonly confirmWith?: string;
  readonly allowPartial: boolean;
  readonly allowDirty: boolean;
  readonly quarantine?: string;
  readonly floor: readonly string[];
  readonly tickLimit: number;
  readonly gates: number;
  readonly workers: number;
  readonly reason?: string;
  readonly junit?: string;
  readonly summary?: string;
  readonly json: boolean;
}

export default {
  command: "gate [deed]",
  describe:
    "hold an agent's accuracy on recorded drills against what was accepted: exit 0, 99 (worse) or 4 (cannot say)",
  builder: (yargs) =>
    withWorkers(withAgent(yargs, "is examined"))
      .positional("deed", {
        choices: ["accept", "self-test", "simulate"] as const,
        describe:
          "accept: take the scores of now as the measure; self-test: gate agents that are broken on purpose; simulate: how often a gate is right about an agent that answers by chance",
      })
      .option("corpus", { type: "string", describe: "folder of recorded drills; else the committed ones" })
      .option("accepted", { type: "string", describe: "file of accepted results; else evaluator/accepted.json" })
      .option("accusations", { type: "number", default: 0, describe: "controls that may be alarmed at or accused" })
      .option("repeats", {
        type: "number",
        describe: `runs a case of an agent that answers by chance: with accept ${FEWEST_RUNS} or more, else at most so many`,
      })
      .option("confirm-with", { type: "string", describe: "the accepted agent, run again before a gate is red" })
      .option("allow-partial", { type: "boolean", default: false, describe: "compare the cases that both hold" })
      .option("allow-dirty", { type: "boolean", default: false, describe: "with accept: though the tree has changes" })
      .option("quarantine", { type: "string", describe: "file of cases that decide nothing until some day" })
      .option("floor", {
        type: "string",
        array: true,
        default: [],
        describe: "what must be reached whatever was accepted: exact_set=0.6, fa_per_hour=2 or ttd_p90=60",
      })
      .option("tick-limit", {
        type: "number",
        default: LIMITS.tick / 1_000,
        describe: "seconds that an agent may think over one tick",
      })
      .option("gates", { type: "number", default: 2_000, describe: "with simulate: gates a cell of the table" })
      .option("reason", { type: "string", describe: "with accept: why, in words; kept in the file" })
      .option("junit", { type: "string", describe: "write the result as JUnit XML to this file" })
      .option("summary", {
        type: "string",
        describe: "write the result as Markdown to this file ($GITHUB_STEP_SUMMARY)",
      })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example("$0 gate", "in CI: red when a recorded drill is lost")
      .example('$0 gate accept --reason "engine: edge cover"', "shows what has changed, and writes it")
      .example('$0 gate accept --repeats 5 --reason "a model"', "for an agent that answers by chance"),
  async handler(argv, signal) {
    const options = argv as unknown as Options;
    requireCounts(options);
    if (options.deed === "simulate") return simulated(options.gates);
    const file = resolve(options.accepted ?? acceptedFile());
    await using crew = openCrew({ ...usualCrew(), workers: options.workers });
    if (options.deed === "self-test") return await selfTested(options, crew, signal);
    const deed = options.deed === "accept" ? accepted : gate;
    return await deed(options, file, crew, signal);
  },
} satisfies Command;

function requireCounts({ accusations, repeats, tickLimit, gates }: Options): void {
  const whole: readonly (readonly [string, number, number])[] = [
    ["accusations", accusations, 0],
    ["repeats", repeats ?? 1, 1],
    ["gates", gates, 1],
  ];
  for (const [name, value, least] of whole)
    if (!Number.isInteger(value) || value < least)
      throw new HarnessError(`--${name} is a whole number, not ${value}`, { hint: `${least} or more`, exitCode: 2 });
  if (!(tickLimit > 0 && tickLimit <= MOST_SECONDS))
    throw new HarnessError(`--tick-limit is a number of seconds, not ${tickLimit}`, {
      hint: `up to ${MOST_SECONDS}`,
      exitCode: 2,
    });
}
/** A day; timers cannot wait for more than 24 of them. */
const MOST_SECONDS = 86_400;

async function gate(options: Options, file: string, crew: Crew, signal: AbortSignal): Promise<number> {
  const { quarantine, confirmWith } = options;
  const result = await runGate(
    {
      floors: floorsOf(options.floor),
      ...(await examined(options, crew)),
      accepted: await readAccepted(file),
      partial: options.allowPartial,
      quarantined: quarantine === undefined ? new Set<string>() : await readQuarantine(quarantine, new Date()),
      fresh: confirmWith === undefined ? undefined : await crew.agent(confirmWith, outsideOf(options)),
      upTo: options.repeats ?? Number.POSITIVE_INFINITY,
    },
    signal,
  );
  if (options.junit !== undefined) await writeFile(options.junit, junit(result));
  if (options.summary !== undefined) await writeFile(options.summary, markdown(result), { flag: "a" });
  const decision = decisionOf(result);
  const output = process.env["GITHUB_OUTPUT"];
  if (output !== undefined && output !== "") await appendFile(output, `decision=${decision}\n`);
  const exitCode = EXIT[result.outcome];
  process.stdout.write(
    options.json ? `${JSON.stringify({ schema: 1, exitCode, decision, ...result })}\n` : told(result),
  );
  return exitCode;
}

async function accepted(options: Options, file: string, crew: Crew, signal: AbortSignal): Promise<number> {
  const { reason = "", repeats = 1 } = options;
  if (reason.trim() === "")
    throw new HarnessError("accepting takes a reason", {
      hint: '--reason "what has changed, and why it is better"',
      exitCode: 2,
    });
  if (!options.allowDirty) await requireClean(file);
  const asked = await examined(options, crew);
  const found = await accept({ ...asked, reason, repeats }, signal);
  const refused = found.refused.map(({ rule, text }) => `  ${rule.padEnd(12)} ${text}\n`);
  if (refused.length > 0) {
    process.stdout.write(`not accepted:\n${refused.join("")}`);
    return EXIT.fail;
  }
  // On one run a case, whatever was accepted: what it proves is the way from findings to a red gate.
  const tested = await selfTest({ ...asked, repeats: 1 }, signal);
  if (tested.some(({ well }) => !well)) {
    process.stdout.write(`not accepted: the gate's test of itself is red on this corpus\n${testTold(tested)}`);
    return EXIT.fail;
  }
  const before = await readAccepted(file).catch(() => undefined);
  const lines = changes(before, found.accepted, found.titles);
  await writeAccepted(file, found.accepted);
  process.stdout.write(`${lines.length > 0 ? lines.join("\n") : "no case has changed"}\nwritten: ${file}\n`);
  return 0;
}

async function requireClean(file: string): Promise<void> {
  const [first, ...more] = await changedFiles(root(), file);
  if (first === undefined) return;
  const others = more.length > 0 ? ` and ${more.length} more` : "";
  throw new HarnessError(`the tree has changes that are not committed: ${first}${others}`, {
    hint: "commit them first, so that a commit says what was accepted (or --allow-dirty)",
    exitCode: 2,
  });
}

/** 0 when every broken agent is blocked and the whole one passes, else 99. */
async function selfTested(options: Options, crew: Crew, signal: AbortSignal): Promise<number> {
  const { repeats = 1 } = options;
  if (repeats !== 1 && repeats < FEWEST_RUNS)
    throw new HarnessError(`${repeats} runs a case are too few`, {
      hint: `--repeats ${FEWEST_RUNS}, or none for an agent that says the same every time`,
      exitCode: 2,
    });
  const tested = await selfTest({ ...(await examined(options, crew)), repeats }, signal);
  process.stdout.write(testTold(tested));
  return tested.every(({ well }) => well) ? 0 : EXIT.fail;
}

function testTold(tested: readonly Tested[]): string {
  return tested
    .map(
      ({ name, outcome, rules, well }) =>
        `${well ? "as it must be" : "NOT AS IT MUST"}  ${outcome.padEnd(13)} ${name}  ${rules.join(", ")}\n`,
    )
    .join("");
}

function simulated(gates: number): number {
  const { looks, alpha, margin, confirm } = RULES;
  process.stdout.write(
    `red / green / undecided in % of ${gates} simulated gates, runs a case; looks after ${looks.join(", ")} runs, alpha ${alpha}, margin ${100 * margin} points, ${confirm} fresh runs to confirm\n\n${HEAD}\n`,
  );
  for (const row of simulation(gates)) process.stdout.write(`${rowTold(row)}\n`);
  return 0;
}

/** What every deed needs to let an agent answer a corpus. */
async function examined(options: Options, crew: Crew) {
  const { corpus, accusations, json, tickLimit } = options;
  const say: Progress = (title, { state }, done, of) => {
    if (!json) process.stderr.write(`${String(done).padStart(3)}/${of}  ${state.padEnd(11)} ${title}\n`);
  };
  const limits: Limits = { ...LIMITS, tick: 1_000 * tickLimit };
  return {
    corpus: resolve(corpus ?? corpusDirectory()),
    agent: await crew.agent(options.agent, outsideOf(options)),
    allowed: accusations,
    limits,
    told: say,
  };
}
