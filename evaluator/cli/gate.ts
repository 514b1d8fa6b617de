import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { HarnessError } from "../../generator/harness-error.ts";
import { type Accepted, readAccepted, writeAccepted } from "../gate/accepted.ts";
import { type Gated, type GateOptions, runGate } from "../gate/run-gate.ts";
import { selfTest } from "../gate/self-test.ts";
import { inOneLine, junit, markdown, told } from "../gate/told.ts";
import { EXIT } from "../gate/verdict.ts";
import { isCommand } from "../outside.ts";
import { VERSION } from "../version.ts";
import { type AgentOptions, agentOf, withAgent } from "./agent-options.ts";
import type { Command } from "./command.ts";
import { acceptedFile, corpusDirectory } from "./places.ts";

interface Options extends AgentOptions {
  readonly deed?: "accept" | "self-test";
  readonly corpus?: string;
  readonly accepted?: string;
  readonly accusations: number;
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
    withAgent(yargs, "is examined")
      .positional("deed", {
        choices: ["accept", "self-test"] as const,
        describe: "accept: take the scores of now as the measure; self-test: gate agents that are broken on purpose",
      })
      .option("corpus", { type: "string", describe: "folder of recorded drills; else the committed ones" })
      .option("accepted", { type: "string", describe: "file of accepted results; else evaluator/accepted.json" })
      .option("accusations", { type: "number", default: 0, describe: "controls that may be alarmed at or accused" })
      .option("reason", { type: "string", describe: "with accept: why, in words; kept in the file" })
      .option("junit", { type: "string", describe: "write the result as JUnit XML to this file" })
      .option("summary", {
        type: "string",
        describe: "write the result as Markdown to this file ($GITHUB_STEP_SUMMARY)",
      })
      .option("json", { type: "boolean", default: false, describe: "print exactly one JSON document" })
      .example("$0 gate", "in CI: red when a recorded drill is lost")
      .example('$0 gate accept --reason "engine: edge cover"', "shows what has changed, and writes it"),
  async handler(argv, signal) {
    const options = argv as unknown as Options;
    const file = resolve(options.accepted ?? acceptedFile());
    if (!Number.isInteger(options.accusations) || options.accusations < 0)
      throw new HarnessError(`--accusations is a number of controls, not ${options.accusations}`, {
        hint: "0 or more",
        exitCode: 2,
      });
    if (options.deed === "self-test") return selfTested(options, signal);
    return options.deed === "accept" ? accept(options, file, signal) : gate(options, file, signal);
  },
} satisfies Command;

async function gate(options: Options, file: string, signal: AbortSignal): Promise<number> {
  const { result } = await examined(options, await readAccepted(file), signal);
  if (options.junit !== undefined) await writeFile(options.junit, junit(result));
  if (options.summary !== undefined) await writeFile(options.summary, markdown(result), { flag: "a" });
  process.stdout.write(
    options.json ? `${JSON.stringify({ schema: 1, exitCode: EXIT[result.outcome], ...result })}\n` : told(result),
  );
  return EXIT[result.outcome];
}

async function accept(options: Options, file: string, signal: AbortSignal): Promise<number> {
  const { reason, agent } = options;
  if (reason === undefined || reason.trim() === "")
    throw new HarnessError("accepting takes a reason", {
      hint: '--reason "what has changed, and why it is better"',
      exitCode: 2,
    });
  const { result, corpus } = await examined(options, undefined, signal);
  if (result.outcome !== "pass") {
    process.stdout.write(told(result));
    return EXIT[result.outcome];
  }
  const before = await readAccepted(file).catch(() => undefined);
  const cases = { ...result.now };
  const accepted: Accepted = {
    schemaVersion: 1,
    firedrill: VERSION,
    createdAt: new Date().toISOString(),
    reason,
    corpus,
    agent: { name: result.agent, deterministic: !isCommand(agent) },
    cases,
  };
  await writeAccepted(file, accepted);
  process.stdout.write(`${await difference(result, before)}\nwritten: ${file}\n`);
  return 0;
}

/** 0 when every broken agent is blocked and the whole one passes, else 99. */
async function selfTested(options: Options, signal: AbortSignal): Promise<number> {
  const results = await selfTest(resolve(options.corpus ?? corpusDirectory()), await agentOf(options), signal);
  for (const { name, outcome, rules, well } of results)
    process.stdout.write(
      `${well ? "as it must be" : "NOT AS IT MUST"}  ${outcome.padEnd(13)} ${name}  ${rules.join(", ")}\n`,
    );
  return results.every(({ well }) => well) ? 0 : EXIT.fail;
}

async function difference(result: Gated["result"], before: Accepted | undefined): Promise<string> {
  if (before === undefined) return `accepted for the first time: ${Object.keys(result.now).length} cases`;
  const { compare } = await import("../gate/exact.ts");
  return inOneLine({ ...result, comparison: compare(result.now, before) });
}

async function examined(options: Options, accepted: Accepted | undefined, signal: AbortSignal): Promise<Gated> {
  const { corpus, accusations, json } = options;
  const say: GateOptions["told"] = (title, { state }, done, of) => {
    if (!json) process.stderr.write(`${String(done).padStart(3)}/${of}  ${state.padEnd(11)} ${title}\n`);
  };
  const directory = resolve(corpus ?? corpusDirectory());
  return runGate(
    { corpus: directory, agent: await agentOf(options), accepted, allowed: accusations, told: say },
    signal,
  );
}
